package dev.parley.adapters.http;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;

/**
 * Events as they come, and failures in other words, for servers whose refusals mean something of
 * their own.
 *
 * @param events subscribed to when this is
 * @param words what a failure is called instead; the same for most
 */
public record Reclassified<E>(Flow.Publisher<E> events, UnaryOperator<HubError> words)
    implements Flow.Publisher<E> {

  @Override
  public void subscribe(Flow.Subscriber<? super E> subscriber) {
    if (subscriber == null) {
      throw new NullPointerException("subscriber");
    }
    events.subscribe(
        new Flow.Subscriber<E>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(E event) {
            subscriber.onNext(event);
          }

          @Override
          public void onError(Throwable failure) {
            subscriber.onError(told(failure));
          }

          @Override
          public void onComplete() {
            subscriber.onComplete();
          }
        });
  }

  private Throwable told(Throwable failure) {
    if (failure instanceof HubException known) {
      HubError error = words.apply(known.error());
      return error.equals(known.error()) ? failure : new HubException(error);
    }
    return failure;
  }
}
