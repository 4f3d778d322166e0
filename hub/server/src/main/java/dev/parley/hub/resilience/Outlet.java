package dev.parley.hub.resilience;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The side of an execution that faces the caller: delivers events as they are asked for, asks the
 * source of the moment for what is missing, and ends once. Belongs to the caller's event loop.
 */
final class Outlet<E> {

  private final Flow.Subscriber<? super E> subscriber;

  /** What was held back before the commit, and at most what the source was asked for since. */
  private final ArrayDeque<E> waiting = new ArrayDeque<>(2);

  private Flow.@Nullable Subscription source;
  private long demand;

  /** Asked of the source and not come yet. */
  private long asked;

  private boolean draining;
  private boolean ending;
  private boolean ended;
  private @Nullable Throwable failure;

  Outlet(Flow.Subscriber<? super E> subscriber) {
    this.subscriber = subscriber;
  }

  /**
   * From now on events come from here.
   *
   * @param held what it has given already
   * @param outstanding what it was asked for and has not given yet
   */
  void connect(Flow.Subscription next, Collection<E> held, long outstanding) {
    source = next;
    asked = outstanding;
    waiting.addAll(held);
    drain();
  }

  /** The source is gone; another may follow. */
  void disconnect() {
    source = null;
  }

  void next(E event) {
    if (asked != Long.MAX_VALUE) {
      asked--;
    }
    if (demand > 0 && !draining && waiting.isEmpty()) {
      deliver(event);
    } else if (!ended) {
      waiting.add(event);
      drain();
    }
  }

  void request(long n) {
    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
    drain();
  }

  /** Ends once everything that waits was delivered. */
  void end(@Nullable Throwable cause) {
    if (!ending) {
      ending = true;
      failure = cause;
      drain();
    }
  }

  /** The caller wants nothing any more. */
  void abandon() {
    ending = true;
    ended = true;
    demand = 0;
    waiting.clear();
  }

  private void deliver(E event) {
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    subscriber.onNext(event);
  }

  /** A caller that asks for more while it is given an event gets that from the loop in here. */
  private void drain() {
    if (draining || ended) {
      return;
    }
    draining = true;
    try {
      while (demand > 0 && !waiting.isEmpty()) {
        deliver(waiting.remove());
      }
    } finally {
      draining = false;
    }
    if (waiting.isEmpty() && !ended) {
      if (ending) {
        terminate();
      } else {
        askForMore();
      }
    }
  }

  private void askForMore() {
    Flow.Subscription from = source;
    if (from != null && demand > asked) {
      long missing = demand == Long.MAX_VALUE ? Long.MAX_VALUE : demand - asked;
      asked = demand;
      from.request(missing);
    }
  }

  private void terminate() {
    ended = true;
    if (failure == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(failure);
    }
  }
}
