package dev.parley.adapters.http;

import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The side of a subscription that faces the subscriber: events that wait for demand, then the end.
 * All calls come from one event loop.
 */
public final class EventOutlet<E> {

  /** Where the events come from. */
  public interface Source {

    /** Nothing waits and nothing ended: the next input may be read. */
    void readMore();

    /** The subscription is over; called once, just before the subscriber hears of it. */
    void ended(boolean failed);
  }

  private enum State {
    RUNNING,
    /** The end is known; delivered as soon as the waiting events are. */
    ENDING,
    DONE
  }

  private final Flow.Subscriber<? super E> subscriber;
  private final Source source;

  /** At most what one read of the connection yields: the answer's head and one batch of deltas. */
  private final ArrayDeque<E> queue = new ArrayDeque<>(2);

  private State state = State.RUNNING;
  private long demand;
  private boolean draining;
  private @Nullable Throwable failure;

  public EventOutlet(Flow.Subscriber<? super E> subscriber, Source source) {
    this.subscriber = subscriber;
    this.source = source;
  }

  /** Whether the end is not known yet. */
  public boolean isRunning() {
    return state == State.RUNNING;
  }

  /** Whether the subscriber hears nothing any more. */
  public boolean isDone() {
    return state == State.DONE;
  }

  /** Puts an event behind those that wait; {@link #drain} has to follow. */
  public void add(E event) {
    queue.add(event);
  }

  /** The subscriber asked for so many more. */
  public void request(long n) {
    if (n <= 0) {
      queue.clear();
      fail(new IllegalArgumentException("request(" + n + ") (expected: more than 0)"));
      return;
    }
    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
    drain();
  }

  /** Ends well once the waiting events are delivered; {@link #drain} has to follow. */
  public void complete() {
    if (state == State.RUNNING) {
      state = State.ENDING;
    }
  }

  /** Ends badly once the waiting events are delivered. */
  public void fail(Throwable cause) {
    if (state == State.RUNNING) {
      failure = cause;
      state = State.ENDING;
      drain();
    }
  }

  /** The subscriber wants nothing any more; false when it was over already. */
  public boolean abandon() {
    if (state == State.DONE) {
      return false;
    }
    state = State.DONE;
    queue.clear();
    return true;
  }

  /**
   * Delivers what was asked for. A subscriber that asks for more while it is given an event gets
   * that from the loop in here, not from within its own call.
   */
  public void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      while (demand > 0 && !queue.isEmpty()) {
        if (demand != Long.MAX_VALUE) {
          demand--;
        }
        subscriber.onNext(queue.remove());
      }
    } finally {
      draining = false;
    }
    if (queue.isEmpty()) {
      switch (state) {
        case RUNNING -> source.readMore();
        case ENDING -> terminate();
        case DONE -> {}
      }
    }
  }

  private void terminate() {
    state = State.DONE;
    Throwable cause = failure;
    source.ended(cause != null);
    if (cause == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(cause);
    }
  }
}
