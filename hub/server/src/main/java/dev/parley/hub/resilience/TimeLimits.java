package dev.parley.hub.resilience;

import java.time.Duration;

/**
 * How long each phase of an attempt may take.
 *
 * @param queue waiting for a permit
 * @param headers from sending the call to the head of its answer
 * @param firstByte from sending the call to the first event of its answer
 * @param idle between two events
 * @param total the whole call, the wait in the queue included
 */
public record TimeLimits(
    Duration queue, Duration headers, Duration firstByte, Duration idle, Duration total) {

  /** The same limits with {@code total} no longer than the caller is willing to wait. */
  public TimeLimits clippedTo(Duration callerPatience) {
    return callerPatience.compareTo(total) < 0
        ? new TimeLimits(queue, headers, firstByte, idle, callerPatience)
        : this;
  }
}
