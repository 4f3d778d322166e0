package dev.parley.hub.media.store;

import java.time.Instant;

/**
 * A stored upload.
 *
 * @param name {@code media/{id}}, the same for the same bytes of the same format
 * @param durationSeconds 0 when unknown
 * @param sha256 of the content, in lower-case hexadecimal digits
 * @param expireTime when it can be forgotten, unless it is uploaded again
 */
public record MediaItem(
    String name,
    StoredFormat format,
    double durationSeconds,
    long sizeBytes,
    String sha256,
    Instant expireTime) {

  public MediaItem {
    if (!(durationSeconds >= 0) || Double.isInfinite(durationSeconds)) {
      throw new IllegalArgumentException("duration: " + durationSeconds + " (expected: >= 0 s)");
    }
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("size: " + sizeBytes + " (expected: >= 0 bytes)");
    }
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256: expected 64 hexadecimal digits");
    }
  }

  /** Whether it can be forgotten at that time, in milliseconds since the Unix epoch. */
  boolean isExpired(long epochMillis) {
    return expireTime.toEpochMilli() <= epochMillis;
  }

  MediaItem expiring(Instant time) {
    return new MediaItem(name, format, durationSeconds, sizeBytes, sha256, time);
  }
}
