package dev.parley.hub.dispatch;

import dev.parley.hub.telemetry.CallEnd;
import dev.parley.hub.telemetry.CallRecord;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of a call on, and notes once how it ended. Belongs to the call's event loop.
 *
 * @param <E> the events
 */
public final class Accounted<E> implements Flow.Subscriber<E>, Flow.Subscription {

  private final Flow.Subscriber<? super E> subscriber;
  private final CallRecord record;
  private final CallEnd log;
  private Flow.@Nullable Subscription upstream;
  private boolean over;

  public Accounted(Flow.Subscriber<? super E> subscriber, CallRecord record, CallEnd log) {
    this.subscriber = subscriber;
    this.record = record;
    this.log = log;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    subscriber.onSubscribe(this);
  }

  @Override
  public void onNext(E event) {
    subscriber.onNext(event);
  }

  @Override
  public void onError(Throwable failure) {
    close(Outcomes.of(failure));
    subscriber.onError(failure);
  }

  @Override
  public void onComplete() {
    close(Outcomes.OK);
    subscriber.onComplete();
  }

  @Override
  public void request(long n) {
    if (upstream != null) {
      upstream.request(n);
    }
  }

  @Override
  public void cancel() {
    close(Outcomes.CANCELLED);
    if (upstream != null) {
      upstream.cancel();
    }
  }

  private void close(String outcome) {
    if (!over) {
      over = true;
      log.ended(record, outcome);
    }
  }
}
