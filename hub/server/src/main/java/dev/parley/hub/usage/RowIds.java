package dev.parley.hub.usage;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the ids of rows: 128 bits in 32 digits, that rise with time. Two of one hub differ by their
 * count, those of two hubs by 40 random bits. Thread-safe.
 */
public final class RowIds {

  private static final int PART_DIGITS = 10;
  private static final int TIME_DIGITS = 12;
  private static final HexFormat HEX = HexFormat.of();

  private final String hub;
  private final AtomicLong count;

  /**
   * @param hub tells this hub's ids from those of others: random bits
   */
  public RowIds(long hub) {
    this.hub = HEX.toHexDigits(hub, PART_DIGITS);
    this.count = new AtomicLong();
  }

  /** The next one. */
  public String next(long epochMillis) {
    return timed(epochMillis) + hub + HEX.toHexDigits(count.getAndIncrement(), PART_DIGITS);
  }

  /** What ids of this moment begin with, and so sort behind those of earlier ones. */
  static String timed(long epochMillis) {
    return HEX.toHexDigits(Math.max(0, epochMillis), TIME_DIGITS);
  }
}
