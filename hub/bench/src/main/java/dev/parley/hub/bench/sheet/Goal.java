package dev.parley.hub.bench.sheet;

/**
 * A figure to reach.
 *
 * @param section what it belongs to
 * @param metric what is measured
 * @param unit of the figure; may be empty
 * @param direction which side of a bound is good
 * @param must the bound, NaN where there is none
 * @param stretch the bound that would be remarkable, NaN where there is none
 */
public record Goal(
    String section, String metric, String unit, Direction direction, double must, double stretch) {

  /** Which side of a bound is good. */
  public enum Direction {
    AT_LEAST(">="),
    AT_MOST("<=");

    private final String sign;

    Direction(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    public boolean holds(double figure, double bound) {
      return switch (this) {
        case AT_LEAST -> figure >= bound;
        case AT_MOST -> figure <= bound;
      };
    }

    /** The one that is further from any bound that it should keep. */
    public double worse(double a, double b) {
      return switch (this) {
        case AT_LEAST -> Math.min(a, b);
        case AT_MOST -> Math.max(a, b);
      };
    }
  }

  /** What became of a bound. */
  public enum Verdict {
    MET("met"),
    MISSED("MISSED"),
    /** There is no bound. */
    NONE("");

    private final String label;

    Verdict(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  public static Goal atLeast(
      String section, String metric, String unit, double must, double stretch) {
    return new Goal(section, metric, unit, Direction.AT_LEAST, must, stretch);
  }

  public static Goal atMost(
      String section, String metric, String unit, double must, double stretch) {
    return new Goal(section, metric, unit, Direction.AT_MOST, must, stretch);
  }

  /** A figure that is told and that nothing is asked of. */
  public static Goal told(String section, String metric, String unit) {
    return new Goal(section, metric, unit, Direction.AT_LEAST, Double.NaN, Double.NaN);
  }

  public Verdict must(double figure) {
    return verdict(figure, must);
  }

  public Verdict stretch(double figure) {
    return verdict(figure, stretch);
  }

  /** A figure that is no number keeps no bound. */
  private Verdict verdict(double figure, double bound) {
    if (Double.isNaN(bound)) {
      return Verdict.NONE;
    }
    return direction.holds(figure, bound) ? Verdict.MET : Verdict.MISSED;
  }
}
