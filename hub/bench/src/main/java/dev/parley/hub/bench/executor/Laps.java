package dev.parley.hub.bench.executor;

import java.util.List;
import java.util.Locale;

/** One figure of each round. */
record Laps(List<Cost> costs) {

  Laps {
    costs = List.copyOf(costs);
  }

  double nanos() {
    return median(costs.stream().mapToDouble(Cost::nanos).sorted().toArray());
  }

  double bytes() {
    return median(costs.stream().mapToDouble(Cost::bytes).sorted().toArray());
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The median, the spread of the time, and the bytes. */
  String text() {
    double low = costs.stream().mapToDouble(Cost::nanos).min().orElse(0);
    double high = costs.stream().mapToDouble(Cost::nanos).max().orElse(0);
    return String.format(
        Locale.ROOT, "%9.1f ns (%.1f to %.1f) %10.1f B", nanos(), low, high, bytes());
  }
}
