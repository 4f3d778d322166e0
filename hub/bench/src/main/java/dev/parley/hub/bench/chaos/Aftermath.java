package dev.parley.hub.bench.chaos;

import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.process.Child;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What is left when the backends have been well for a while.
 *
 * @param recoveredMillis until every name was answered again; negative when that never happened
 * @param finalRound calls when all was well again, all of which must succeed
 * @param open connections of the hub to its backends, once idle ones had time to close, for reading
 * @param busy calls of which a backend never saw the end
 * @param taken gauges of taken places that should be zero; empty when the hub has none
 * @param errors lines that the hub logged as errors
 */
record Aftermath(
    long recoveredMillis,
    Sums finalRound,
    List<String> open,
    int busy,
    Optional<List<String>> taken,
    List<String> errors) {

  /** Longer than the longest time for which the hub leaves a target alone. */
  private static final long RECOVERY_MILLIS_MAX = 40_000;

  /** Longer than idle connections are kept. */
  private static final long QUIET_MILLIS_MAX = 20_000;

  /**
   * Each event loop of the hub, one for a core, may keep a connection to each backend: health is
   * asked for all the time.
   */
  private static final int OPEN_MAX = 4 * Runtime.getRuntime().availableProcessors();

  private static final long LOOK_MILLIS = 100;
  private static final int FINAL_CALLS_EACH = 20;
  private static final int ERRORS_SHOWN = 20;
  private static final Pattern ERROR = Pattern.compile("^\\S+ ERROR .*");

  static Aftermath of(Child hub, Crowd crowd, Counts counts, Supplier<List<String>> connections) {
    long began = System.nanoTime();
    boolean recovered =
        within(
            RECOVERY_MILLIS_MAX,
            () -> {
              Ledger round = new Ledger();
              crowd.round(1, round);
              return round.sums().failures() == 0;
            });
    long millis = recovered ? (System.nanoTime() - began) / 1_000_000 : -1;
    Ledger last = new Ledger();
    crowd.round(FINAL_CALLS_EACH, last);
    boolean _ = within(QUIET_MILLIS_MAX, () -> counts.busy() == 0 && counts.open() <= OPEN_MAX);
    Optional<List<String>> taken = Gauges.taken(hub.port());
    List<String> errors =
        hub.lines().filter(line -> ERROR.matcher(line).matches()).limit(ERRORS_SHOWN).toList();
    return new Aftermath(millis, last.sums(), connections.get(), counts.busy(), taken, errors);
  }

  private static boolean within(long millis, BooleanSupplier condition) {
    long deadline = System.nanoTime() + millis * 1_000_000;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchFailure("interrupted", e);
      }
    }
    return true;
  }

  /** Everything that should have gone and has not. */
  int leaks() {
    return busy
        + Math.max(0, open.size() - OPEN_MAX)
        + taken.map(List::size).orElse(0)
        + errors.size();
  }

  boolean recovered() {
    return recoveredMillis >= 0 && finalRound.failures() == 0;
  }
}
