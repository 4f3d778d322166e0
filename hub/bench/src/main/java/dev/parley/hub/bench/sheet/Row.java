package dev.parley.hub.bench.sheet;

import java.util.List;

/**
 * A goal and what was found.
 *
 * @param outcome ours
 * @param peers others in the same run
 */
public record Row(Goal goal, Outcome outcome, List<Peer> peers) {

  public Row {
    peers = List.copyOf(peers);
  }

  /** What became of a measurement. */
  public sealed interface Outcome {}

  /** It was made. */
  public record Measured(Figures figures) implements Outcome {}

  /** It was not made. */
  public record Skipped(String why) implements Outcome {}

  /** Somebody else's figure. */
  public record Peer(String name, Outcome outcome) {

    public static Peer of(String name, double figure) {
      return new Peer(name, new Measured(Figures.of(figure)));
    }

    public static Peer notInstalled(String name) {
      return new Peer(name, new Skipped("not installed"));
    }

    public String text() {
      return switch (outcome) {
        case Measured measured -> name + " " + measured.figures().text();
        case Skipped skipped -> name + " " + skipped.why();
      };
    }
  }

  /** A bound and whether it was kept, such as {@code >= 2000 met}; empty where there is none. */
  public String must() {
    return bound(goal.must(), outcome instanceof Measured m ? goal.must(median(m)).label() : "");
  }

  /** See {@link #must}. */
  public String stretch() {
    return bound(
        goal.stretch(), outcome instanceof Measured m ? goal.stretch(median(m)).label() : "");
  }

  public String ours() {
    return switch (outcome) {
      case Measured measured -> measured.figures().text();
      case Skipped skipped -> "skipped: " + skipped.why();
    };
  }

  private String bound(double bound, String verdict) {
    return Double.isNaN(bound)
        ? ""
        : (goal.direction().sign() + " " + Figures.number(bound) + " " + verdict).strip();
  }

  private static double median(Measured measured) {
    return measured.figures().median();
  }
}
