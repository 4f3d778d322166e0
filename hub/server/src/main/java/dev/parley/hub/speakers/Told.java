package dev.parley.hub.speakers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Tells whoever waits for the answer to a question. On the caller's loop. */
final class Told<T> implements Flow.Subscriber<T> {

  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private @Nullable T value;
  private boolean over;

  Told(ScheduledExecutorService loop) {
    var _ =
        answer.whenComplete((_, _) -> {
          if (answer.isCancelled()) {
            try {
              loop.execute(this::left);
            } catch (RejectedExecutionException _) {
              // The loop has stopped, and with it all that ran there.
            }
          }
        });
  }

  CompletableFuture<T> answer() {
    return answer;
  }

  private void left() {
    if (!over && subscription != null) {
      over = true;
      subscription.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription made) {
    subscription = made;
    made.request(1);
  }

  @Override
  public void onNext(T given) {
    value = given;
  }

  @Override
  public void onError(Throwable failure) {
    over = true;
    answer.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    T given = value;
    if (given == null) {
      onError(new IllegalStateException("a question ended without an answer"));
    } else {
      over = true;
      answer.complete(given);
    }
  }
}
