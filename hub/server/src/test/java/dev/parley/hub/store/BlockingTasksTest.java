package dev.parley.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BlockingTasksTest {

  @Test
  void runsSoManyAtATimeAndTheOthersAfterThem() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger runningMost = new AtomicInteger();
    CompletableFuture<Void> twoRun = new CompletableFuture<>();
    CompletableFuture<Void> go = new CompletableFuture<>();
    try (BlockingTasks tasks = new BlockingTasks(2, 100, "too many")) {
      List<CompletableFuture<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(
            tasks.run(() -> {
              if (runningMost.accumulateAndGet(running.incrementAndGet(), Math::max) == 2) {
                twoRun.complete(null);
              }
              go.join();
              return running.decrementAndGet();
            }));
      }
      twoRun.join();
      go.complete(null);
      assertThat(all).allSatisfy(one -> assertThat(one.join()).isBetween(0, 1));
      assertThat(runningMost).hasValue(2);
    }
  }

  @Test
  void refusesOneMoreThanItHoldsAndTakesTheNextWhenOneIsDone() {
    CompletableFuture<String> go = new CompletableFuture<>();
    try (BlockingTasks tasks = new BlockingTasks(1, 2, "two are held")) {
      CompletableFuture<String> runs = tasks.run(go::join);
      CompletableFuture<String> waits = tasks.run(() -> "waited");
      assertThat(refusal(tasks.run(() -> "one more"))).isEqualTo("two are held");
      go.complete("ran");
      assertThat(Stream.of(runs, waits).map(CompletableFuture::join))
          .containsExactly("ran", "waited");
      // Their places are free when the tasks are done, an instant before their futures are.
      assertThat(tasks.run(() -> "the next").join()).isEqualTo("the next");
    }
  }

  @Test
  void failsWithWhatATaskThrows() {
    IllegalStateException thrown = new IllegalStateException("so");
    try (BlockingTasks tasks = new BlockingTasks(1, 1, "too many")) {
      CompletableFuture<String> failing =
          tasks.run(() -> {
            throw thrown;
          });
      assertThatThrownBy(failing::join).isInstanceOf(CompletionException.class).hasCause(thrown);
      assertThat(tasks.run(() -> "goes on").join()).isEqualTo("goes on");
    }
  }

  @Test
  void takesNothingWhenItIsClosed() {
    BlockingTasks tasks = new BlockingTasks(1, 1, "too many");
    tasks.close();
    assertThat(refusal(tasks.run(() -> "late"))).isEqualTo("this hub is stopping");
    assertThat(refusal(tasks.run(() -> "later"))).isEqualTo("this hub is stopping");
  }

  private static String refusal(CompletableFuture<?> refused) {
    Throwable failure = refused.handle((_, thrown) -> thrown).join();
    return failure instanceof HubException known
            && known.error() instanceof HubError.Overloaded overloaded
        ? overloaded.what()
        : "not refused: " + failure;
  }
}
