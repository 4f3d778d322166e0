package dev.parley.hub.limits;

import io.github.bucket4j.VerboseResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How many calls a server has not answered yet. Thread-safe. */
final class Underway {

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicReference<@Nullable CompletableFuture<Void>> waiting =
      new AtomicReference<>();

  /** The same bucket, whose calls are counted. */
  RemoteBucket counting(RemoteBucket bucket) {
    return new RemoteBucket() {
      @Override
      public <T> CompletableFuture<VerboseResult<T>> call(BucketCall<T> call) {
        calls.incrementAndGet();
        return bucket.call(call).whenComplete((_, _) -> ended());
      }
    };
  }

  private void ended() {
    if (calls.decrementAndGet() == 0) {
      CompletableFuture<Void> waits = waiting.getAndSet(null);
      if (waits != null) {
        waits.complete(null);
      }
    }
  }

  boolean isNothing() {
    return calls.get() == 0;
  }

  /** Completes when all were answered, for one who waits. */
  CompletableFuture<Void> ending() {
    CompletableFuture<Void> waits = new CompletableFuture<>();
    waiting.set(waits);
    if (isNothing()) {
      waits.complete(null);
    }
    return waits;
  }
}
