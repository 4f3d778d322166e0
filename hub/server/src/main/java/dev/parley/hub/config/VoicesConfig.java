package dev.parley.hub.config;

/**
 * The voice library.
 *
 * @param referencesBytesMax largest recording, in bytes
 * @param secondsMax longest recording, in seconds
 */
public record VoicesConfig(long referencesBytesMax, int secondsMax) {

  public static final WholeRange BYTES_RANGE = new WholeRange(1 << 10, 1L << 30);
  public static final WholeRange SECONDS_RANGE = new WholeRange(1, 600);

  public static final VoicesConfig DEFAULT = new VoicesConfig(50 << 20, 60);

  public VoicesConfig {
    BYTES_RANGE.require("referencesBytesMax", referencesBytesMax);
    SECONDS_RANGE.require("secondsMax", secondsMax);
  }
}
