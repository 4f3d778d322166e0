package dev.parley.adapters.chatterbox;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Events that are counted as one thing under way, from their subscription to their end.
 *
 * @param running counts those that did not end yet
 */
record Counted<E>(Flow.Publisher<E> events, AtomicInteger running) implements Flow.Publisher<E> {

  @Override
  public void subscribe(Flow.Subscriber<? super E> subscriber) {
    AtomicBoolean over = new AtomicBoolean();
    running.incrementAndGet();
    events.subscribe(
        new Flow.Subscriber<E>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(
                new Flow.Subscription() {
                  @Override
                  public void request(long n) {
                    subscription.request(n);
                  }

                  @Override
                  public void cancel() {
                    end(over);
                    subscription.cancel();
                  }
                });
          }

          @Override
          public void onNext(E event) {
            subscriber.onNext(event);
          }

          @Override
          public void onError(Throwable failure) {
            end(over);
            subscriber.onError(failure);
          }

          @Override
          public void onComplete() {
            end(over);
            subscriber.onComplete();
          }
        });
  }

  private void end(AtomicBoolean over) {
    if (over.compareAndSet(false, true)) {
      running.decrementAndGet();
    }
  }
}
