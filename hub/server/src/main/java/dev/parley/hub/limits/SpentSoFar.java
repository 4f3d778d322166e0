package dev.parley.hub.limits;

import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;

/** Knows what was spent before a budget was counted here. Thread-safe; never waits. */
@FunctionalInterface
public interface SpentSoFar {

  /**
   * What all calls of somebody cost in some days, UTC.
   *
   * @param name of the key, owner or model; empty for the whole hub
   * @param from the first day
   * @param to the day after the last
   * @return millionths of the currency
   */
  CompletableFuture<Long> spentMicros(Whose whose, String name, LocalDate from, LocalDate to);

  /** Nothing was spent, or nobody wrote it down. */
  SpentSoFar NOTHING = (_, _, _, _) -> CompletableFuture.completedFuture(0L);
}
