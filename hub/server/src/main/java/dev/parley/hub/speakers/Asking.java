package dev.parley.hub.speakers;

import dev.parley.core.speakers.SpeakerEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A question on its way through several steps, one at a time, to one answer. Cancelling it stops
 * the step that runs. Belongs to the caller's event loop.
 */
final class Asking<T> implements Flow.Subscription {

  private final Flow.Subscriber<? super T> outlet;
  private final ScheduledExecutorService loop;
  private Runnable stop = () -> {};
  private boolean over;

  Asking(Flow.Subscriber<? super T> outlet, ScheduledExecutorService loop) {
    this.outlet = outlet;
    this.loop = loop;
  }

  /** Takes the first step, unless the call is over before it began. */
  void begin(Runnable first) {
    outlet.onSubscribe(this);
    if (!over) {
      guarded(first);
    }
  }

  /** Goes on when that is done. */
  <V> void then(CompletableFuture<V> working, Consumer<V> next) {
    stop = () -> working.cancel(false);
    var _ =
        working.whenCompleteAsync(
            (value, failure) -> {
              if (over) {
                return;
              }
              if (failure != null) {
                fail(
                    failure instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failure);
              } else {
                guarded(() -> next.accept(value));
              }
            },
            loop);
  }

  /** Goes on with the answer of a backend, when that has ended. */
  void hear(Flow.Publisher<SpeakerEvent> source, Consumer<SpeakerEvent> next) {
    source.subscribe(
        new Flow.Subscriber<>() {
          private @Nullable SpeakerEvent last;

          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            stop = subscription::cancel;
            if (over) {
              subscription.cancel();
            } else {
              subscription.request(Long.MAX_VALUE);
            }
          }

          @Override
          public void onNext(SpeakerEvent event) {
            last = event;
          }

          @Override
          public void onError(Throwable failure) {
            fail(failure);
          }

          @Override
          public void onComplete() {
            SpeakerEvent answer = last;
            if (over) {
              return;
            }
            if (answer == null) {
              fail(new IllegalStateException("a backend answered without an answer"));
            } else {
              guarded(() -> next.accept(answer));
            }
          }
        });
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  void answer(T value) {
    if (!over) {
      over = true;
      outlet.onNext(value);
      outlet.onComplete();
    }
  }

  void fail(Throwable failure) {
    if (!over) {
      over = true;
      outlet.onError(failure);
    }
  }

  /** There is one answer, and it waits for nobody. */
  @Override
  public void request(long n) {}

  @Override
  public void cancel() {
    if (!over) {
      over = true;
      stop.run();
    }
  }
}
