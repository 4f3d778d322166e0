package dev.parley.hub.media.store;

import java.time.Duration;

/**
 * How much the store takes.
 *
 * @param itemBytesMax largest upload
 * @param totalBytesMax all items and running uploads together
 * @param keep how long an item stays after its last upload
 * @param uploadsMax how many uploads run at a time
 */
public record MediaLimits(long itemBytesMax, long totalBytesMax, Duration keep, int uploadsMax) {

  /** 2 GiB an item, 20 GiB in all, a day, 64 uploads at a time. */
  public static final MediaLimits DEFAULT =
      new MediaLimits(2L << 30, 20L << 30, Duration.ofHours(24), 64);

  public MediaLimits {
    if (itemBytesMax < 1) {
      throw new IllegalArgumentException("itemBytesMax: " + itemBytesMax + " (expected: >= 1)");
    }
    if (totalBytesMax < itemBytesMax) {
      throw new IllegalArgumentException(
          "totalBytesMax: " + totalBytesMax + " (expected: >= itemBytesMax, " + itemBytesMax + ")");
    }
    if (keep.isNegative() || keep.isZero()) {
      throw new IllegalArgumentException("keep: " + keep + " (expected: more than nothing)");
    }
    if (uploadsMax < 1) {
      throw new IllegalArgumentException("uploadsMax: " + uploadsMax + " (expected: >= 1)");
    }
  }
}
