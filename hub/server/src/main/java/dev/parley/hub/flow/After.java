package dev.parley.hub.flow;

import java.util.concurrent.Flow;

/**
 * Goes on for a subscriber who got a {@link Later} for a subscription, once there is something to
 * subscribe to.
 *
 * @param <E> the events
 */
public record After<E>(Later later, Flow.Subscriber<? super E> subscriber)
    implements Flow.Subscriber<E> {

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    later.is(subscription);
  }

  @Override
  public void onNext(E event) {
    subscriber.onNext(event);
  }

  @Override
  public void onError(Throwable failure) {
    subscriber.onError(failure);
  }

  @Override
  public void onComplete() {
    subscriber.onComplete();
  }
}
