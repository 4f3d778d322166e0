package dev.parley.hub.speakers;

import dev.parley.hub.dispatch.Outcomes;
import dev.parley.hub.telemetry.CallEnd;
import dev.parley.hub.telemetry.CallRecord;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Notes how a question ended, and tells whoever waits for its answer. On the caller's loop. */
final class Told<T> implements Flow.Subscriber<T> {

  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private final CallRecord record;
  private final CallEnd log;
  private Flow.@Nullable Subscription subscription;
  private @Nullable T value;
  private boolean over;

  Told(CallRecord record, CallEnd log, ScheduledExecutorService loop) {
    this.record = record;
    this.log = log;
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
    if (!over) {
      ended(Outcomes.CANCELLED);
      if (subscription != null) {
        subscription.cancel();
      }
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
    ended(Outcomes.of(failure));
    answer.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    T given = value;
    if (given == null) {
      onError(new IllegalStateException("a question ended without an answer"));
    } else {
      ended(Outcomes.OK);
      answer.complete(given);
    }
  }

  private void ended(String outcome) {
    if (!over) {
      over = true;
      log.ended(record, outcome);
    }
  }
}
