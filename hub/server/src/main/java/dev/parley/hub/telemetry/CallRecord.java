package dev.parley.hub.telemetry;

import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of one call while it runs. Belongs to the call's event loop; written to the log
 * once, when the call ends.
 */
public final class CallRecord {

  private static final int ATTEMPTS_SHOWN_MAX = 16;

  private final CallFacts call;
  private final long startNanos;
  private @Nullable Target target;
  private @Nullable TokenUsage usage;
  private int attempts;
  private final List<AttemptRecord> ended = new ArrayList<>(1);
  private long sentNanos;
  private long firstByteNanos;
  private long events;
  private long characters = -1;
  private long audioMillis = -1;
  private long costMicros = -1;
  private boolean guessed;
  private String cache = "";
  private final @Nullable RequestVisit visit;
  private final List<OpenAttempt> spans = new ArrayList<>(0);
  private int atBackends;
  private long busySinceNanos;
  private long busyNanos;
  private long endNanos;

  private record OpenAttempt(Target target, long sentNanos, String span) {}

  public CallRecord(CallFacts call, long startNanos) {
    this.call = call;
    this.startNanos = startNanos;
    this.visit = call.caller().visit() instanceof RequestVisit request ? request : null;
  }

  /** The request that brought the call; null for calls that none did. */
  public @Nullable RequestVisit visit() {
    return visit;
  }

  /** An attempt on a target starts. */
  public void attempt(Target next, long nowNanos) {
    target = next;
    attempts++;
    sentNanos = nowNanos;
    if (atBackends++ == 0) {
      busySinceNanos = nowNanos;
    }
    TraceContext place = visit == null ? null : visit.attempt();
    if (place != null && spans.size() < ATTEMPTS_SHOWN_MAX) {
      spans.add(new OpenAttempt(next, nowNanos, place.spanId()));
    }
  }

  /** The place in the trace of the attempt that was sent then; empty where nobody traces. */
  public String span(Target to, long atNanos) {
    for (OpenAttempt open : spans) {
      if (open.sentNanos == atNanos && open.target.equals(to)) {
        return open.span;
      }
    }
    return "";
  }

  /** The answer of this target is the one that the caller gets. */
  public void serving(Target chosen) {
    target = chosen;
  }

  /** An attempt is over. */
  public void ended(AttemptRecord attempt) {
    if (attempt.sentNanos() != 0 && atBackends > 0 && --atBackends == 0) {
      busyNanos += attempt.endNanos() - busySinceNanos;
    }
    if (ended.size() < ATTEMPTS_SHOWN_MAX) {
      ended.add(attempt);
    }
  }

  /** The attempts that are over, in the order of their ends. */
  public List<AttemptRecord> endedAttempts() {
    return ended;
  }

  /** The first output of the answer arrived. */
  public void firstByte(long nowNanos) {
    if (firstByteNanos == 0) {
      firstByteNanos = nowNanos;
    }
  }

  /** Deltas arrived. */
  public void events(int count) {
    events += count;
  }

  /** The backend counted tokens; the latest count is the one of the whole call. */
  public void usage(@Nullable TokenUsage counted) {
    if (counted != null) {
      usage = counted;
    }
  }

  /** So many characters were spoken, or are known to have to be. */
  public void characters(long more) {
    characters = Math.max(0, characters) + more;
  }

  /** So much sound has left for the caller by now. */
  public void audioMillis(long millis) {
    audioMillis = millis;
  }

  /** Characters of text that were to be spoken; -1 for calls that do not speak. */
  public long characters() {
    return characters;
  }

  /** Milliseconds of sound that left for the caller; -1 for calls without. */
  public long audioMillis() {
    return audioMillis;
  }

  /** Nobody counted the tokens: this is what they are thought to be. */
  public void guess(TokenUsage thought) {
    usage = thought;
    guessed = true;
  }

  /** Whether {@link #usage} is only a guess. */
  public boolean isGuess() {
    return guessed;
  }

  /** What the call costs, in millionths of the currency. */
  public void costMicros(long micros) {
    costMicros = micros;
  }

  /** What the call costs, in millionths of the currency; -1 where there is no price. */
  public long costMicros() {
    return costMicros;
  }

  /** What the cache of answers did: {@code hit}, {@code miss}, {@code joined}, {@code bypass}. */
  public void cache(String word) {
    cache = word;
  }

  /** What the cache of answers did; empty where there is none. */
  public String cache() {
    return cache;
  }

  /** Whether the answer was given before: no backend worked for this call. */
  public boolean isCached() {
    return cache.equals("hit") || cache.equals("joined");
  }

  /** What was known of the call when it began. */
  public CallFacts call() {
    return call;
  }

  /** Where the latest attempt went; null before the first. */
  public @Nullable Target target() {
    return target;
  }

  /** What the call used; null when nobody counted. */
  public @Nullable TokenUsage usage() {
    return usage;
  }

  /** Attempts so far. */
  public int attempts() {
    return attempts;
  }

  /** Deltas so far. */
  public long events() {
    return events;
  }

  /** When the call began, on the clock's monotonic scale. */
  public long startNanos() {
    return startNanos;
  }

  /** Milliseconds from the call's begin to its first output; -1 before that. */
  public long firstByteMillis() {
    return firstByteNanos == 0 ? -1 : (firstByteNanos - startNanos) / 1_000_000;
  }

  /** Microseconds that the hub took before it sent the latest attempt; -1 before the first. */
  public long beforeSendMicros() {
    return sentNanos == 0 ? -1 : (sentNanos - startNanos) / 1_000;
  }

  /** The call ended now, unless that was noted before; returns when it did. */
  public long end(long nowNanos) {
    if (endNanos == 0) {
      endNanos = nowNanos;
      if (atBackends > 0) {
        busyNanos += nowNanos - busySinceNanos;
        atBackends = 0;
      }
    }
    return endNanos;
  }

  /**
   * What the hub itself added to a call that ended: the time at the gate, and the call's own
   * without the time in which a backend had it. In nanoseconds.
   */
  public long overheadNanos() {
    return gateNanos() + Math.max(0, endNanos - startNanos - busyNanos);
  }

  /** The caller's body, which comes in between, takes as long as the caller likes. */
  private long gateNanos() {
    return visit == null ? 0 : visit.gateNanos();
  }

  /**
   * What the hub added before the first byte of an answer that came of a single attempt, in
   * nanoseconds; -1 where that cannot be told.
   */
  public long overheadFirstNanos() {
    if (firstByteNanos == 0 || ended.size() != 1 || ended.getFirst().outputNanos() == 0) {
      return -1;
    }
    AttemptRecord only = ended.getFirst();
    return gateNanos()
        + Math.max(0, firstByteNanos - startNanos - (only.outputNanos() - only.sentNanos()));
  }

  /** From the call's begin to its end, in nanoseconds; 0 while it runs. */
  public long durationNanos() {
    return endNanos == 0 ? 0 : endNanos - startNanos;
  }

  /** Nanoseconds from the call's begin to its first output; -1 before that. */
  public long firstByteNanos() {
    return firstByteNanos == 0 ? -1 : firstByteNanos - startNanos;
  }
}
