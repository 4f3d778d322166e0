package dev.parley.hub.bench.proxy;

import java.util.List;
import java.util.Locale;

/** The middle of several rounds' figures, and how far they lie apart. */
record Spread(double median, double min, double max) {

  /** Of at least one figure. */
  static Spread of(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }

  /** Of the figures' inverses. */
  Spread inverse() {
    return new Spread(1 / median, 1 / max, 1 / min);
  }

  /** With so many decimals, the extremes in brackets. */
  String text(int decimals) {
    String number = "%." + decimals + "f";
    return String.format(
        Locale.ROOT, number + " (" + number + ".." + number + ")", median, min, max);
  }
}
