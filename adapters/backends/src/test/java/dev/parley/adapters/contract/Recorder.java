package dev.parley.adapters.contract;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A subscriber that remembers, asks when told, and lets a test wait. */
public final class Recorder implements Flow.Subscriber<DocumentEvent> {

  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final List<DocumentEvent> events = new ArrayList<>();
  private final long first;
  private Flow.@Nullable Subscription subscription;
  private @Nullable Throwable failure;
  private boolean completed;

  private Recorder(long first) {
    this.first = first;
  }

  /** Subscribed, with a first demand; none when that is 0. */
  static Recorder of(Flow.Publisher<DocumentEvent> publisher, long first) {
    Recorder recorder = new Recorder(first);
    publisher.subscribe(recorder);
    return recorder;
  }

  /** Everything that came, once it ended. */
  public static Recorder all(Flow.Publisher<DocumentEvent> publisher) {
    return of(publisher, Long.MAX_VALUE).ended();
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription made) {
    subscription = made;
    if (first > 0) {
      made.request(first);
    }
  }

  @Override
  public synchronized void onNext(DocumentEvent event) {
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

  synchronized List<DocumentEvent> events() {
    return List.copyOf(events);
  }

  /** Waits for so many events. */
  Recorder await(int count) {
    until(() -> events.size() >= count || failure != null || completed);
    if (events().size() < count) {
      throw new AssertionError("ended after " + events(), failure());
    }
    return this;
  }

  Recorder ended() {
    until(() -> failure != null || completed);
    return this;
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

  /** The whole answer. */
  public DocumentEvent.Whole whole() {
    if (failure() != null) {
      throw new AssertionError(failure());
    }
    return events().stream()
        .filter(DocumentEvent.Whole.class::isInstance)
        .map(DocumentEvent.Whole.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** All deltas in order. */
  public List<Chunk> chunks() {
    return events().stream()
        .filter(DocumentEvent.Chunks.class::isInstance)
        .flatMap(event -> ((DocumentEvent.Chunks) event).chunks().stream())
        .toList();
  }

  /** The texts of one member of all deltas, joined. */
  public String joined(String member) {
    StringBuilder text = new StringBuilder();
    for (Chunk chunk : chunks()) {
      for (JsonValue choice : Calls.at(chunk.json(), "choices").elements()) {
        JsonValue delta = choice.get("delta");
        JsonValue value = delta == null ? null : delta.get(member);
        if (value != null && value.isString()) {
          text.append(value.asString());
        }
      }
    }
    return text.toString();
  }

  /** The finish reasons of all chunks. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    for (Chunk chunk : chunks()) {
      for (JsonValue choice : Calls.at(chunk.json(), "choices").elements()) {
        JsonValue reason = choice.get("finish_reason");
        if (reason != null && reason.isString()) {
          reasons.add(reason.asString());
        }
      }
    }
    return reasons;
  }
}
