package dev.parley.hub.resilience;

import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the units of one call (the sentences of a speech, the segments of a recording) and
 * hands on their events in the order of the units, as one answer. Each unit is executed, committed
 * and if need be repeated by itself, so that a backend that dies costs one unit. Units run ahead of
 * the one that is being handed on, a few at a time. A publisher for one subscriber; everything
 * happens on one event loop.
 *
 * @param <U> a unit
 * @param <E> the events of a unit's answer
 */
public final class Series<U, E> implements Flow.Publisher<E> {

  private final Flow.Publisher<U> units;
  private final BiFunction<U, Turn, Flow.Publisher<E>> execution;
  private final int aheadMax;
  private final int eventsHeldMax;

  /**
   * @param units what is to be done; ends the answer when it ends, fails it when it fails
   * @param execution makes the execution of a unit, which may do well to know whether it is its
   *     turn; its events are those of the unit, in order
   * @param aheadMax units that run at once, the one that is handed on included
   * @param eventsHeldMax events of each unit that are kept until its turn; no more is asked for
   */
  public Series(
      Flow.Publisher<U> units,
      BiFunction<U, Turn, Flow.Publisher<E>> execution,
      int aheadMax,
      int eventsHeldMax) {
    if (aheadMax < 1 || eventsHeldMax < 1) {
      throw new IllegalArgumentException(
          "series: " + aheadMax + ", " + eventsHeldMax + " (expected: at least 1)");
    }
    this.units = units;
    this.execution = execution;
    this.aheadMax = aheadMax;
    this.eventsHeldMax = eventsHeldMax;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super E> subscriber) {
    Run run = new Run(subscriber);
    subscriber.onSubscribe(run);
    if (!run.over) {
      units.subscribe(run);
    }
  }

  private final class Run implements Flow.Subscription, Flow.Subscriber<U> {

    private final Flow.Subscriber<? super E> subscriber;
    private final ArrayDeque<UnitRun> running = new ArrayDeque<>();
    private Flow.@Nullable Subscription source;
    private long demand;
    private boolean unitsOver;
    private boolean draining;
    private boolean over;

    Run(Flow.Subscriber<? super E> subscriber) {
      this.subscriber = subscriber;
    }

    // The units.

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      source = subscription;
      if (over) {
        subscription.cancel();
      } else {
        subscription.request(aheadMax);
      }
    }

    @Override
    public void onNext(U unit) {
      if (!over) {
        UnitRun next = new UnitRun();
        running.add(next);
        execution.apply(unit, next.turn).subscribe(next);
        comeToTheFirst();
      }
    }

    @Override
    public void onError(Throwable failure) {
      fail(failure);
    }

    @Override
    public void onComplete() {
      unitsOver = true;
      drain();
    }

    // The caller.

    @Override
    public void request(long n) {
      if (n <= 0) {
        fail(new IllegalArgumentException("request(" + n + ") (expected: more than 0)"));
        return;
      }
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      drain();
    }

    @Override
    public void cancel() {
      if (!over) {
        end();
      }
    }

    private void end() {
      over = true;
      if (source != null) {
        source.cancel();
      }
      running.forEach(UnitRun::cancel);
      running.clear();
    }

    private void fail(Throwable failure) {
      if (!over) {
        end();
        subscriber.onError(failure);
      }
    }

    /** Hands on what the first unit has; when that is done, it is the next one's turn. */
    private void drain() {
      if (draining || over) {
        return;
      }
      draining = true;
      try {
        while (!over && handOn()) {
          // Until there is nothing to give or nobody to take.
        }
      } finally {
        draining = false;
      }
      if (!over && unitsOver && running.isEmpty()) {
        over = true;
        subscriber.onComplete();
      }
    }

    private boolean handOn() {
      UnitRun first = running.peek();
      if (first == null) {
        return false;
      }
      if (demand > 0 && !first.events.isEmpty()) {
        if (demand != Long.MAX_VALUE) {
          demand--;
        }
        subscriber.onNext(first.take());
        return true;
      }
      if (!first.events.isEmpty() || !first.done) {
        return false;
      }
      Throwable failure = first.failure;
      if (failure != null) {
        fail(failure);
        return false;
      }
      running.remove();
      comeToTheFirst();
      if (source != null && !unitsOver) {
        source.request(1);
      }
      return true;
    }

    private void comeToTheFirst() {
      UnitRun first = running.peek();
      if (first != null) {
        first.turn.come();
      }
    }

    private final class UnitRun implements Flow.Subscriber<E> {

      private final ArrayDeque<E> events = new ArrayDeque<>();
      private final Turn turn = new Turn();
      private Flow.@Nullable Subscription upstream;
      private boolean done;
      private @Nullable Throwable failure;

      E take() {
        E event = events.remove();
        if (upstream != null && !done) {
          upstream.request(1);
        }
        return event;
      }

      @Override
      public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        if (over) {
          subscription.cancel();
        } else {
          subscription.request(eventsHeldMax);
        }
      }

      @Override
      public void onNext(E event) {
        if (!over) {
          events.add(event);
          drain();
        }
      }

      @Override
      public void onError(Throwable cause) {
        done = true;
        failure = cause;
        drain();
      }

      @Override
      public void onComplete() {
        done = true;
        drain();
      }

      void cancel() {
        if (upstream != null && !done) {
          upstream.cancel();
        }
      }
    }
  }
}
