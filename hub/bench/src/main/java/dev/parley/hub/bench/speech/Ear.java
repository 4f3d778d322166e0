package dev.parley.hub.bench.speech;

import dev.parley.hub.bench.fake.FakeSpeech;

/**
 * Listens to one call: plays from the first byte on at real time, and notes when there was nothing
 * to play. For one thread.
 */
final class Ear {

  private static final long NANOS = 1_000_000_000;
  private static final long BYTES_PER_SECOND = (long) FakeSpeech.RATE_HZ * Short.BYTES;

  private final long startNanos;
  private long firstNanos;
  private long playedUntil;
  private long gapNanos;

  /**
   * @param startNanos when the request was sent
   */
  Ear(long startNanos) {
    this.startNanos = startNanos;
  }

  /** Whether this is the first sound. */
  boolean samples(long now, long bytes) {
    boolean first = coded(now);
    if (!first && now > playedUntil) {
      gapNanos = Math.max(gapNanos, now - playedUntil);
    }
    playedUntil = Math.max(playedUntil, now) + bytes * NANOS / BYTES_PER_SECOND;
    return first;
  }

  /** Sound whose length is not known; whether it is the first. */
  boolean coded(long now) {
    boolean first = firstNanos == 0;
    if (first) {
      firstNanos = Math.max(1, now - startNanos);
    }
    return first;
  }

  Heard ended(long now, boolean good) {
    return new Heard(good && firstNanos > 0, firstNanos, now - startNanos, gapNanos);
  }
}
