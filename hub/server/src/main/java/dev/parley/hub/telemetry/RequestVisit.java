package dev.parley.hub.telemetry;

import dev.parley.core.model.Visit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of one request to the hub, and of the calls that it brings. It is over when its
 * answer has ended and its calls have, too. Thread-safe.
 */
public final class RequestVisit implements Visit {

  private static final int CALLS_MAX = 16;

  private final String requestId;
  private final long startNanos;
  private final long startMillis;
  private final @Nullable Tracing tracing;
  private final Tracing.@Nullable Place place;
  private final RequestEnd end;
  private final List<EndedCall> calls = new ArrayList<>(1);
  private @Nullable EndedCall main;
  private @Nullable EndedSound sound;
  private @Nullable RequestFacts facts;
  private String refusal = "";
  private String refusedKind = "";
  private String stopped = "";
  private long endNanos;
  private int open = 1;
  private volatile @Nullable TraceContext attempt;
  private volatile long gateNanos;

  /** A call that ended, and how. */
  public record EndedCall(CallRecord record, String outcome) {}

  /** Work on sound that the hub did itself, and how it ended. */
  record EndedSound(SoundCall call, String outcome, long millis) {}

  /**
   * @param startNanos when it came, on the clock's monotonic scale
   * @param startMillis the same since the epoch
   * @param tracing gives attempts their places in the trace
   * @param place its own place; null where nobody traces
   */
  public RequestVisit(
      String requestId,
      long startNanos,
      long startMillis,
      @Nullable Tracing tracing,
      Tracing.@Nullable Place place,
      RequestEnd end) {
    this.requestId = requestId;
    this.startNanos = startNanos;
    this.startMillis = startMillis;
    this.tracing = tracing;
    this.place = place;
    this.end = end;
  }

  // While it runs.

  /** Its caller is known and within the limits; only now its body is read. */
  public void admitted(long nowNanos) {
    gateNanos = nowNanos - startNanos;
  }

  /** How long it took to know who calls and whether the limits allow it, in nanoseconds. */
  long gateNanos() {
    return gateNanos;
  }

  /** An attempt of one of its calls begins; its place in the trace, where there is one. */
  @Nullable TraceContext attempt() {
    Tracing.Place own = place;
    if (own == null || tracing == null) {
      return null;
    }
    TraceContext begun = tracing.below(own.own());
    attempt = begun;
    return begun;
  }

  @Override
  public Map<String, String> outgoing(Map<String, String> headers) {
    TraceContext begun = attempt;
    if (begun == null) {
      return headers;
    }
    Map<String, String> traced = new HashMap<>(headers);
    traced.put(TraceContext.HEADER, begun.header());
    return traced;
  }

  /** It became a call: it is over only after that. */
  public synchronized void began() {
    open++;
  }

  /** One of its calls ended, or a part of one that has a record of its own. */
  synchronized void ended(CallRecord record, String outcome) {
    if (calls.size() < CALLS_MAX) {
      calls.add(new EndedCall(record, outcome));
    }
  }

  /** The call that it became has ended and is counted. */
  public void over(CallRecord record, String outcome) {
    synchronized (this) {
      main = new EndedCall(record, outcome);
    }
    close();
  }

  /** The work on sound that it became has ended. */
  void over(SoundCall call, String outcome, long millis) {
    synchronized (this) {
      sound = new EndedSound(call, outcome, millis);
    }
    close();
  }

  /** It was refused before it became a call; the latest reason counts. */
  public synchronized void refused(String reason) {
    refusal = reason;
  }

  /**
   * The hub itself ends the call that it became, for this reason of calls: what is cut off because
   * of that was not given up by its caller. The first reason counts.
   */
  public synchronized void stopped(String outcome) {
    if (stopped.isEmpty()) {
      stopped = outcome;
    }
  }

  /** Why the hub itself ended the call that it became; empty where it did not. */
  public synchronized Optional<String> stopped() {
    return stopped.isEmpty() ? Optional.empty() : Optional.of(stopped);
  }

  synchronized void refused(String kind, String reason) {
    refusedKind = kind;
    refusal = reason;
  }

  /** Its answer has ended. */
  public void answered(RequestFacts how, long nowNanos) {
    synchronized (this) {
      if (facts != null) {
        return;
      }
      facts = how;
      endNanos = nowNanos;
    }
    close();
  }

  private void close() {
    synchronized (this) {
      open--;
      if (open > 0) {
        return;
      }
    }
    end.over(this);
  }

  // When it is over.

  /** Names it in logs and answers. */
  public String requestId() {
    return requestId;
  }

  /** When it came, in milliseconds since the epoch. */
  public long startMillis() {
    return startMillis;
  }

  /** When it came, on the clock's monotonic scale. */
  public long startNanos() {
    return startNanos;
  }

  /** When its answer had ended, on the clock's monotonic scale; 0 before. */
  public synchronized long endNanos() {
    return endNanos;
  }

  /** How it went; empty before its answer has ended. */
  public synchronized Optional<RequestFacts> facts() {
    return Optional.ofNullable(facts);
  }

  /** The call that it became, once that has ended. */
  public synchronized Optional<EndedCall> call() {
    return Optional.ofNullable(main);
  }

  /** All calls that ended, parts included, in the order of their ends; the first sixteen. */
  public synchronized List<EndedCall> calls() {
    return List.copyOf(calls);
  }

  synchronized Optional<EndedSound> sound() {
    return Optional.ofNullable(sound);
  }

  /** Why it was refused; empty when it was not. */
  public synchronized String refusal() {
    return refusal;
  }

  synchronized String refusedKind() {
    return refusedKind;
  }

  /** Its place in the trace; empty where nobody traces. */
  public Optional<Tracing.Place> place() {
    return Optional.ofNullable(place);
  }
}
