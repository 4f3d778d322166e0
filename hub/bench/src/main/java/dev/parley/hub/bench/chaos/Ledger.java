package dev.parley.hub.bench.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** All calls of a soak and how they ended. Safe for use by several threads. */
final class Ledger {

  private static final int WRONGS_SHOWN = 20;
  private static final long MILLIS_MAX = 60_000;
  private static final int DIGITS = 3;

  private final Histogram successMillis = new Histogram(MILLIS_MAX, DIGITS);
  private final Histogram errorMillis = new Histogram(MILLIS_MAX, DIGITS);
  private final Map<String, Long> refusals = new TreeMap<>();
  private final Map<String, Long> breaks = new TreeMap<>();
  private final List<String> wrongs = new ArrayList<>();
  private final List<String> hangs = new ArrayList<>();
  private long calls;
  private long successes;
  private long left;
  private long attempts;
  private long wrong;
  private long hung;
  private long hopeless;
  private long hopelessSuccesses;

  /**
   * Enters a call.
   *
   * @param answerable whether any backend could have answered it
   */
  synchronized void enter(SoakCall call, Outcome outcome, long millis, boolean answerable) {
    calls++;
    if (!answerable && !(outcome instanceof Outcome.Left)) {
      hopeless++;
    }
    switch (outcome) {
      case Outcome.Success(int tries) -> {
        successes++;
        attempts += tries;
        hopelessSuccesses += answerable ? 0 : 1;
        successMillis.recordValue(Math.min(millis, MILLIS_MAX));
      }
      case Outcome.Refused(String code) -> {
        refusals.merge(code, 1L, Long::sum);
        errorMillis.recordValue(Math.min(millis, MILLIS_MAX));
      }
      case Outcome.Broken(String how) -> breaks.merge(how, 1L, Long::sum);
      case Outcome.Wrong(String what) -> {
        wrong++;
        note(wrongs, call + ": " + what);
      }
      case Outcome.Hung() -> {
        hung++;
        note(hangs, call.toString());
      }
      case Outcome.Left() -> left++;
    }
  }

  private static void note(List<String> notes, String note) {
    if (notes.size() < WRONGS_SHOWN) {
      notes.add(note);
    }
  }

  /** What is known now. */
  synchronized Sums sums() {
    return new Sums(
        calls,
        successes,
        left,
        attempts,
        wrong,
        hung,
        hopeless,
        hopelessSuccesses,
        Map.copyOf(refusals),
        Map.copyOf(breaks),
        List.copyOf(wrongs),
        List.copyOf(hangs),
        successMillis.copy(),
        errorMillis.copy());
  }
}
