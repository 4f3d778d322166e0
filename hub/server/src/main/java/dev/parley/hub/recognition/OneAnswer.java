package dev.parley.hub.recognition;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One event that is known already, or one failure. For one subscriber.
 *
 * @param <E> the event
 */
final class OneAnswer<E> implements Flow.Publisher<E> {

  private final @Nullable E event;
  private final @Nullable Throwable failure;

  private OneAnswer(@Nullable E event, @Nullable Throwable failure) {
    this.event = event;
    this.failure = failure;
  }

  static <E> OneAnswer<E> of(E event) {
    return new OneAnswer<>(event, null);
  }

  static <E> OneAnswer<E> failed(Throwable failure) {
    return new OneAnswer<>(null, failure);
  }

  @Override
  public void subscribe(Flow.Subscriber<? super E> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          private boolean over;

          @Override
          public void request(long n) {
            if (over || n <= 0 || event == null) {
              return;
            }
            over = true;
            subscriber.onNext(event);
            subscriber.onComplete();
          }

          @Override
          public void cancel() {
            over = true;
          }
        });
    if (failure != null) {
      subscriber.onError(failure);
    }
  }
}
