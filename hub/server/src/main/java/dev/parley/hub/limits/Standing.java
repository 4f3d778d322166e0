package dev.parley.hub.limits;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a caller stands with the quotas that are nearest to their ends; empty where there is none.
 */
public record Standing(Optional<Level> requests, Optional<Level> tokens) {

  /**
   * One quota.
   *
   * @param limit what it grants in its window
   * @param remaining what is left of that now
   * @param reset until it is whole again
   */
  public record Level(long limit, long remaining, Duration reset) {}

  /** No quotas. */
  public static final Standing UNLIMITED = new Standing(Optional.empty(), Optional.empty());
}
