package dev.parley.hub.telemetry;

import dev.parley.core.model.Target;

/**
 * One attempt of a call, as the log shows it.
 *
 * @param target where it went
 * @param reason why it was made: {@code first}, {@code retry}, {@code hedge}, {@code resumption}
 * @param outcome {@code ok}, {@code given_up} or the reason of its failure
 * @param queuedMillis how long it waited for its place; -1 when it never got one
 * @param firstByteMillis from its sending to its first output; -1 when there was none
 * @param millis from its begin to its end
 * @param sentNanos when it was sent, on the clock's monotonic scale; 0 when it never was
 * @param outputNanos when its first output came; 0 when none did
 * @param endNanos when it ended
 * @param span its place in the trace; empty where nobody traces
 */
public record AttemptRecord(
    Target target,
    String reason,
    String outcome,
    long queuedMillis,
    long firstByteMillis,
    long millis,
    long sentNanos,
    long outputNanos,
    long endNanos,
    String span) {

  /** An attempt of which only the durations are known. */
  public AttemptRecord(
      Target target,
      String reason,
      String outcome,
      long queuedMillis,
      long firstByteMillis,
      long millis) {
    this(target, reason, outcome, queuedMillis, firstByteMillis, millis, 0, 0, 0, "");
  }
}
