package dev.parley.hub.bench.speech;

import dev.parley.hub.bench.sheet.Figures;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What several callers heard within one measurement.
 *
 * @param heard the calls of each caller
 */
record Cell(List<List<Heard>> heard) {

  private List<Heard> all() {
    return heard.stream().flatMap(List::stream).toList();
  }

  /** Answered calls. */
  long answered() {
    return all().stream().filter(Heard::good).count();
  }

  long failed() {
    return all().size() - answered();
  }

  /** Callers of whom at least one call had nothing to play for a while. */
  int dryCallers() {
    return (int) heard.stream().filter(calls -> calls.stream().anyMatch(Heard::ranDry)).count();
  }

  double longestGapMillis() {
    return all().stream().mapToLong(Heard::gapNanos).max().orElse(0) / 1e6;
  }

  /** Milliseconds to the first sound of the share of the calls that had it soonest. */
  double first(double share) {
    return percentile(share, Heard::firstMillis);
  }

  /** The longest call. */
  double longestMillis() {
    return percentile(1, Heard::totalMillis);
  }

  private double percentile(double share, ToDoubleFunction<Heard> figure) {
    double[] sorted = all().stream().filter(Heard::good).mapToDouble(figure).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : Figures.percentile(sorted, share);
  }
}
