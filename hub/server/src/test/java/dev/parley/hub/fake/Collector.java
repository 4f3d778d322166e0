package dev.parley.hub.fake;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.DocumentEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Keeps what it is given and fails on a signal after the end. */
public final class Collector implements Flow.Subscriber<DocumentEvent> {

  private final long demand;
  private final List<DocumentEvent> events = new ArrayList<>();
  private Flow.@Nullable Subscription subscription;
  private @Nullable Throwable failure;
  private boolean completed;
  private boolean cancelled;

  /** Asks for that much at once, and for more when the test says so. */
  public Collector(long demand) {
    this.demand = demand;
  }

  @Override
  public void onSubscribe(Flow.Subscription from) {
    if (subscription != null) {
      throw new IllegalStateException("subscribed twice");
    }
    subscription = from;
    if (cancelled) {
      from.cancel();
    } else if (demand > 0) {
      from.request(demand);
    }
  }

  @Override
  public void onNext(DocumentEvent event) {
    requireOpen();
    events.add(event);
  }

  @Override
  public void onError(Throwable thrown) {
    requireOpen();
    failure = thrown;
  }

  @Override
  public void onComplete() {
    requireOpen();
    completed = true;
  }

  private void requireOpen() {
    if (isOver()) {
      throw new IllegalStateException("a signal after the end");
    }
  }

  /** Whether it asked for everything at once. */
  public boolean reads() {
    return demand == Long.MAX_VALUE;
  }

  /** Before the subscription comes, it is remembered and done then. */
  public void cancel() {
    cancelled = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }

  public void request(long n) {
    Objects.requireNonNull(subscription).request(n);
  }

  public boolean isOver() {
    return completed || failure != null || cancelled;
  }

  public boolean isCompleted() {
    return completed;
  }

  public List<DocumentEvent> events() {
    return List.copyOf(events);
  }

  public @Nullable Throwable failure() {
    return failure;
  }

  /** What the call failed with. */
  public HubError error() {
    if (failure instanceof HubException known) {
      return known.error();
    }
    throw new AssertionError("not failed with a HubException", failure);
  }
}
