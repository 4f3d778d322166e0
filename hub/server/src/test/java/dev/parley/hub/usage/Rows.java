package dev.parley.hub.usage;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;

/** Rows for tests, and waiting for what the ledger does behind one's back. */
final class Rows {

  static final RowIds IDS = new RowIds(0xABCDEF);

  /** 2026-11-21, noon. */
  static final long NOON = 1_795_262_400_000L;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private Rows() {}

  static UsageRow of(String key, String model, long micros) {
    return of(key, model, "local", NOON, "ok", micros);
  }

  static UsageRow of(
      String key, String model, String backend, long atMillis, String outcome, long micros) {
    return new UsageRow(
        IDS.next(atMillis),
        atMillis,
        "req-1",
        key,
        "owner of " + key,
        new UsageRow.Asked("chat", model, true),
        new UsageRow.Served(backend, model + "-v1", 2, "miss"),
        new UsageRow.Used(10, 20, 3, 4, 5, 6, false, 1_500, 70, 0),
        40,
        250,
        outcome,
        micros < 0 ? UsageRow.Cost.UNKNOWN : new UsageRow.Cost(micros, "USD"));
  }

  /** Looks until it is so. */
  static void until(BooleanSupplier so) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!so.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        Assertions.fail("it never came to be so");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
