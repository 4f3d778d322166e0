package dev.parley.hub.config;

import java.time.Duration;

/**
 * What callers may leave with the hub.
 *
 * @param itemBytesMax largest upload
 * @param totalBytesMax all uploads together
 * @param keep how long an upload stays
 */
public record MediaConfig(long itemBytesMax, long totalBytesMax, Duration keep) {

  public static final WholeRange ITEM_RANGE = new WholeRange(1 << 10, 1L << 40);
  public static final WholeRange TOTAL_RANGE = new WholeRange(1 << 10, 1L << 50);
  public static final DurationRange KEEP_RANGE =
      new DurationRange(Duration.ofSeconds(1), Duration.ofDays(365));

  public static final MediaConfig DEFAULT =
      new MediaConfig(2L << 30, 20L << 30, Duration.ofHours(24));

  public MediaConfig {
    ITEM_RANGE.require("itemBytesMax", itemBytesMax);
    TOTAL_RANGE.require("totalBytesMax", totalBytesMax);
    KEEP_RANGE.require("keep", keep);
  }
}
