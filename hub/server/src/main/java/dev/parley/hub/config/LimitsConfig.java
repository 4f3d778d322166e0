package dev.parley.hub.config;

/**
 * How much work one backend gets at a time.
 *
 * @param concurrency calls in flight
 * @param queue calls that wait for a free place; 0 refuses at once
 */
public record LimitsConfig(int concurrency, int queue) {

  public static final WholeRange CONCURRENCY_RANGE = new WholeRange(1, 10_000);
  public static final WholeRange QUEUE_RANGE = new WholeRange(0, 100_000);

  public static final LimitsConfig DEFAULT = new LimitsConfig(64, 256);

  public LimitsConfig {
    CONCURRENCY_RANGE.require("concurrency", concurrency);
    QUEUE_RANGE.require("queue", queue);
  }
}
