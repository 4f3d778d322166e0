package dev.parley.hub.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How much work one backend gets at a time.
 *
 * @param concurrency calls in flight
 * @param queue calls that wait for a free place; 0 refuses at once
 * @param queueWait how long a call waits before it turns to another target, or gives up; empty
 *     means as long as the whole call may take
 */
public record LimitsConfig(int concurrency, int queue, Optional<Duration> queueWait) {

  public static final WholeRange CONCURRENCY_RANGE = new WholeRange(1, 10_000);
  public static final WholeRange QUEUE_RANGE = new WholeRange(0, 100_000);
  public static final DurationRange QUEUE_WAIT_RANGE =
      new DurationRange(Duration.ZERO, Duration.ofHours(1));

  public static final LimitsConfig DEFAULT = new LimitsConfig(64, 256, Optional.empty());

  public LimitsConfig {
    CONCURRENCY_RANGE.require("concurrency", concurrency);
    QUEUE_RANGE.require("queue", queue);
    queueWait.ifPresent(wait -> QUEUE_WAIT_RANGE.require("queueWait", wait));
  }
}
