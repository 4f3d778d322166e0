package dev.parley.hub.limits;

import io.github.bucket4j.distributed.proxy.AsyncCommandExecutor;
import io.github.bucket4j.distributed.proxy.CommandExecutor;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.OptimizationListener;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.MultiResult;
import io.github.bucket4j.distributed.remote.RemoteCommand;
import io.github.bucket4j.distributed.remote.commands.MultiCommand;
import java.util.Collections;

/**
 * Calls that come together go together, as one. A store that locks answers such a batch as a whole
 * where it has no such bucket, which the library takes for a failure of every call in it; here each
 * call is told so, and then makes the bucket.
 */
final class Batches implements Optimization {

  private static final Optimization TOGETHER = Optimizations.batching();

  @Override
  public Optimization withListener(OptimizationListener listener) {
    throw new UnsupportedOperationException("nobody listens to batches");
  }

  @Override
  public CommandExecutor apply(CommandExecutor store) {
    return TOGETHER.apply(
        new CommandExecutor() {
          @Override
          public <T> CommandResult<T> execute(RemoteCommand<T> command) {
            CommandResult<T> result = store.execute(command);
            return command instanceof MultiCommand batch && result.isBucketNotFound()
                ? notFound(batch)
                : result;
          }
        });
  }

  @SuppressWarnings("unchecked") // A batch's result is one of many, whatever its calls give.
  private static <T> CommandResult<T> notFound(MultiCommand batch) {
    MultiResult each =
        new MultiResult(
            Collections.nCopies(batch.getCommands().size(), CommandResult.bucketNotFound()));
    return (CommandResult<T>) CommandResult.success(each, MultiResult.SERIALIZATION_HANDLE);
  }

  @Override
  public AsyncCommandExecutor apply(AsyncCommandExecutor store) {
    return TOGETHER.apply(store);
  }
}
