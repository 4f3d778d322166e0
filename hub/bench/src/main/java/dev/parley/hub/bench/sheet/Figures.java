package dev.parley.hub.bench.sheet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What was measured, a figure for each round; the median counts.
 *
 * @param rounds at least one
 */
public record Figures(List<Double> rounds) {

  public Figures {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("rounds: none (expected: 1 or more)");
    }
  }

  public static Figures of(double figure) {
    return new Figures(List.of(figure));
  }

  public double median() {
    return percentile(sorted(), 0.5);
  }

  /** The median, and what lies at both ends in brackets. */
  public String text() {
    double[] sorted = sorted();
    if (sorted.length == 1) {
      return number(sorted[0]);
    }
    return number(median())
        + " ("
        + number(sorted[0])
        + ".."
        + number(sorted[sorted.length - 1])
        + ")";
  }

  /** With as many digits as its size asks for. */
  public static String number(double figure) {
    double size = Math.abs(figure);
    if (figure == Math.rint(figure) && size < 1e9) {
      return Long.toString((long) figure);
    }
    if (size >= 1000) {
      return String.format(Locale.ROOT, "%.0f", figure);
    }
    if (size >= 10) {
      return String.format(Locale.ROOT, "%.1f", figure);
    }
    return String.format(Locale.ROOT, size >= 0.01 ? "%.3f" : "%.1e", figure);
  }

  /** What a share of sorted values, at least one, lies under; between two of them in proportion. */
  public static double percentile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  private double[] sorted() {
    double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
