package dev.parley.hub.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How much work one backend gets at a time.
 *
 * @param concurrency calls in flight; empty means as many as is usual for the type of backend
 * @param queue calls that wait for a free place; 0 refuses at once
 * @param queueWait how long a call waits before it turns to another target, or gives up; empty
 *     means as long as the whole call may take
 */
public record LimitsConfig(OptionalInt concurrency, int queue, Optional<Duration> queueWait) {

  public static final WholeRange CONCURRENCY_RANGE = new WholeRange(1, 10_000);
  public static final WholeRange QUEUE_RANGE = new WholeRange(0, 100_000);
  public static final DurationRange QUEUE_WAIT_RANGE =
      new DurationRange(Duration.ZERO, Duration.ofHours(1));

  public static final LimitsConfig DEFAULT =
      new LimitsConfig(OptionalInt.empty(), 256, Optional.empty());

  /** What a type of backend gets of which nothing else is known. */
  public static final int CONCURRENCY_USUAL = 64;

  public LimitsConfig {
    concurrency.ifPresent(calls -> CONCURRENCY_RANGE.require("concurrency", calls));
    QUEUE_RANGE.require("queue", queue);
    queueWait.ifPresent(wait -> QUEUE_WAIT_RANGE.require("queueWait", wait));
  }

  /** As the operator said all of it. */
  public LimitsConfig(int concurrency, int queue, Optional<Duration> queueWait) {
    this(OptionalInt.of(concurrency), queue, queueWait);
  }

  /**
   * Calls in flight that hold.
   *
   * @param usual what is usual for the type of backend
   */
  public int concurrency(OptionalInt usual) {
    return concurrency.orElse(usual.orElse(CONCURRENCY_USUAL));
  }
}
