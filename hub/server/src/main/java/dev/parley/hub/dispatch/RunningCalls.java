package dev.parley.hub.dispatch;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The calls that run now, so that a hub whose time is over can end them with a word instead of
 * cutting them. Thread-safe; every call is ended on its own event loop.
 */
public final class RunningCalls {

  private final Set<Watched<?>> running = ConcurrentHashMap.newKeySet();
  private volatile @Nullable HubError over;

  /**
   * Fails every running call with {@code error} and cancels what it asked of backends; from now on
   * new calls fail so, too.
   */
  public void end(HubError error) {
    over = error;
    running.forEach(call -> call.end(error));
  }

  /** Calls that run now. */
  public int count() {
    return running.size();
  }

  /**
   * Stands before {@code subscriber} and counts its call from the first signal to the last.
   *
   * @param loop the event loop on which everything is signalled
   */
  public <E> Flow.Subscriber<E> watched(
      Flow.Subscriber<? super E> subscriber, ScheduledExecutorService loop) {
    return new Watched<>(subscriber, loop);
  }

  private final class Watched<E> implements Flow.Subscriber<E>, Flow.Subscription {

    private final Flow.Subscriber<? super E> subscriber;
    private final ScheduledExecutorService loop;
    private Flow.@Nullable Subscription upstream;
    private boolean done;

    Watched(Flow.Subscriber<? super E> subscriber, ScheduledExecutorService loop) {
      this.subscriber = subscriber;
      this.loop = loop;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      upstream = subscription;
      running.add(this);
      subscriber.onSubscribe(this);
      // Whoever looked at the set before this call was in it has left the reason here.
      HubError error = over;
      if (error != null) {
        end(error);
      }
    }

    @Override
    public void onNext(E event) {
      HubError error = over;
      if (error != null) {
        // A call that got the place of one that was ended a moment ago must not begin to answer.
        failWith(error);
      } else if (!done) {
        subscriber.onNext(event);
      }
    }

    @Override
    public void onError(Throwable failure) {
      if (leave()) {
        subscriber.onError(failure);
      }
    }

    @Override
    public void onComplete() {
      if (leave()) {
        subscriber.onComplete();
      }
    }

    @Override
    public void request(long n) {
      if (upstream != null) {
        upstream.request(n);
      }
    }

    @Override
    public void cancel() {
      leave();
      if (upstream != null) {
        upstream.cancel();
      }
    }

    private boolean leave() {
      boolean first = !done;
      done = true;
      running.remove(this);
      return first;
    }

    private void end(HubError error) {
      try {
        loop.execute(() -> failWith(error));
      } catch (RejectedExecutionException _) {
        // The loop has stopped, and with it the caller's connection: nobody is left to be told.
        running.remove(this);
      }
    }

    private void failWith(HubError error) {
      if (leave()) {
        if (upstream != null) {
          upstream.cancel();
        }
        subscriber.onError(new HubException(error));
      }
    }
  }
}
