package dev.parley.hub.fake;

import dev.parley.core.model.DocumentEvent;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A backend's answer that comes when the test says so. It holds its subscriber to the contract. */
public final class ScriptedAnswer implements Flow.Publisher<DocumentEvent>, Flow.Subscription {

  private Flow.@Nullable Subscriber<? super DocumentEvent> subscriber;
  private long demand;
  private boolean cancelled;
  private boolean ended;

  @Override
  public void subscribe(Flow.Subscriber<? super DocumentEvent> first) {
    if (subscriber != null) {
      throw new IllegalStateException("subscribed to twice");
    }
    subscriber = first;
    first.onSubscribe(this);
  }

  /** Whether the backend is at work for somebody. */
  public boolean isRunning() {
    return subscriber != null && !cancelled && !ended;
  }

  public boolean isSubscribed() {
    return subscriber != null;
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /** Events asked for and not given yet. */
  public long demand() {
    return demand;
  }

  /** Gives an event, asked for or not: timing is the test's business. */
  public void emit(DocumentEvent event) {
    demand--;
    subscriber().onNext(event);
  }

  public void complete() {
    ended = true;
    subscriber().onComplete();
  }

  public void fail(Throwable failure) {
    ended = true;
    subscriber().onError(failure);
  }

  private Flow.Subscriber<? super DocumentEvent> subscriber() {
    return Objects.requireNonNull(subscriber, "not subscribed to");
  }

  @Override
  public void request(long n) {
    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
  }

  @Override
  public void cancel() {
    cancelled = true;
  }
}
