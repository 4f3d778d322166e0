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

  public CallRecord(CallFacts call, long startNanos) {
    this.call = call;
    this.startNanos = startNanos;
  }

  /** An attempt on a target starts. */
  public void attempt(Target next, long nowNanos) {
    target = next;
    attempts++;
    sentNanos = nowNanos;
  }

  /** The answer of this target is the one that the caller gets. */
  public void serving(Target chosen) {
    target = chosen;
  }

  /** An attempt is over. */
  public void ended(AttemptRecord attempt) {
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
}
