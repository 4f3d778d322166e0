package dev.parley.hub.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.distributed.proxy.CommandExecutor;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.RemoteCommand;
import io.github.bucket4j.distributed.remote.commands.GetAvailableTokensCommand;
import io.github.bucket4j.distributed.remote.commands.MultiCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchesTest {

  private static final int CALLS = 6;

  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger together = new AtomicInteger();

  /** Has no bucket, and answers whoever comes first when all others wait behind. */
  private final CommandExecutor empty =
      new CommandExecutor() {
        @Override
        public <T> CommandResult<T> execute(RemoteCommand<T> command) {
          if (command instanceof MultiCommand batch) {
            together.addAndGet(batch.getCommands().size());
          } else if (asked.incrementAndGet() == 1) {
            while (threads.stream().filter(it -> it.getState() == Thread.State.WAITING).count()
                < CALLS - 1) {
              Thread.onSpinWait();
            }
          }
          return CommandResult.bucketNotFound();
        }
      };

  @Test
  void tellsEachCallOfABatchThatThereIsNoBucket() {
    CommandExecutor batches = new Batches().apply(empty);
    List<CompletableFuture<CommandResult<Long>>> told = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      CompletableFuture<CommandResult<Long>> answer = new CompletableFuture<>();
      told.add(answer);
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .unstarted(() -> {
                try {
                  answer.complete(batches.execute(new GetAvailableTokensCommand()));
                } catch (RuntimeException e) {
                  answer.completeExceptionally(e);
                }
              }));
    }
    threads.forEach(Thread::start);
    assertThat(told).allSatisfy(it -> assertThat(it.join().isBucketNotFound()).isTrue());
    assertThat(together).hasValue(CALLS - 1);
  }
}
