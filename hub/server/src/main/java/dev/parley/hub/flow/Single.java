package dev.parley.hub.flow;

import java.util.concurrent.Flow;

/** One event that is known already, and the end. */
public record Single<E>(E event) implements Flow.Publisher<E> {

  @Override
  public void subscribe(Flow.Subscriber<? super E> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          private boolean over;

          @Override
          public void request(long n) {
            if (!over) {
              over = true;
              subscriber.onNext(event);
              subscriber.onComplete();
            }
          }

          @Override
          public void cancel() {
            over = true;
          }
        });
  }
}
