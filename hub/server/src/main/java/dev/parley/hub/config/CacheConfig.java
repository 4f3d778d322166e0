package dev.parley.hub.config;

/**
 * How much of answers that were given may be kept; which are, names of models say.
 *
 * @param bytesMax of all together
 * @param entryBytesMax of one
 */
public record CacheConfig(long bytesMax, long entryBytesMax) {

  public static final WholeRange BYTES_RANGE = new WholeRange(1 << 20, 1L << 40);
  public static final WholeRange ENTRY_RANGE = new WholeRange(1 << 10, 1 << 30);

  public static final CacheConfig DEFAULT = new CacheConfig(128 << 20, 8 << 20);

  public CacheConfig {
    BYTES_RANGE.require("bytesMax", bytesMax);
    ENTRY_RANGE.require("entryBytesMax", entryBytesMax);
  }
}
