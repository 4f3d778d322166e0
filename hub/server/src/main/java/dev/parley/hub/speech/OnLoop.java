package dev.parley.hub.speech;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;

/**
 * Signals on one event loop what an engine signals on threads of its own. What comes on the loop's
 * own thread, as from servers, passes at once: what one read brought leaves in one write.
 *
 * @param home the thread of the loop
 */
record OnLoop<E>(Flow.Publisher<E> source, Executor loop, Thread home)
    implements Flow.Publisher<E> {

  @Override
  public void subscribe(Flow.Subscriber<? super E> subscriber) {
    source.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            run(() -> subscriber.onSubscribe(subscription));
          }

          @Override
          public void onNext(E event) {
            run(() -> subscriber.onNext(event));
          }

          @Override
          public void onError(Throwable failure) {
            run(() -> subscriber.onError(failure));
          }

          @Override
          public void onComplete() {
            run(subscriber::onComplete);
          }
        });
  }

  private void run(Runnable signal) {
    if (Thread.currentThread().equals(home)) {
      signal.run();
      return;
    }
    try {
      loop.execute(signal);
    } catch (RejectedExecutionException _) {
      // The loop has stopped, and with it the caller's connection: nobody listens any more.
    }
  }
}
