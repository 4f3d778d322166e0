package dev.parley.adapters.contract;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A subscriber that remembers, asks when told, and lets a test wait. */
abstract class EventRecorder<E> implements Flow.Subscriber<E> {

  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final List<E> events = new ArrayList<>();
  private final long first;
  private Flow.@Nullable Subscription subscription;
  private @Nullable Throwable failure;
  private boolean completed;

  EventRecorder(long first) {
    this.first = first;
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription made) {
    subscription = made;
    if (first > 0) {
      made.request(first);
    }
  }

  @Override
  public synchronized void onNext(E event) {
    if (completed || failure != null) {
      throw new IllegalStateException("an event behind the end");
    }
    events.add(event);
    notifyAll();
  }

  @Override
  public synchronized void onError(Throwable thrown) {
    failure = thrown;
    notifyAll();
  }

  @Override
  public synchronized void onComplete() {
    completed = true;
    notifyAll();
  }

  Flow.Subscription subscription() {
    Flow.Subscription known = subscription;
    if (known == null) {
      throw new AssertionError("not subscribed");
    }
    return known;
  }

  synchronized List<E> events() {
    return List.copyOf(events);
  }

  /** Waits for so many events. */
  void awaitEvents(int count) {
    until(() -> events.size() >= count || failure != null || completed);
    if (events().size() < count) {
      throw new AssertionError("ended after " + events(), failure());
    }
  }

  void awaitEnd() {
    until(() -> failure != null || completed);
  }

  private synchronized void until(BooleanSupplier holds) {
    long deadline = System.nanoTime() + WAIT_NANOS;
    while (!holds.getAsBoolean()) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (millis <= 0) {
        throw new AssertionError("nothing more came after " + events);
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  public synchronized boolean completed() {
    return completed;
  }

  public synchronized @Nullable Throwable failure() {
    return failure;
  }

  /** The error that it ended with. */
  public synchronized HubError error() {
    if (failure instanceof HubException hub) {
      return hub.error();
    }
    throw new AssertionError("no HubException but " + failure + ", completed " + completed);
  }
}
