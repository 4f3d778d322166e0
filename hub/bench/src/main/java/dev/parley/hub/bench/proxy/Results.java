package dev.parley.hub.bench.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The rows so far, and questions to them. */
final class Results {

  private final List<Row> rows = new ArrayList<>();

  void add(Row row) {
    rows.add(row);
  }

  /** One figure of a contender over all rounds; empty when it did not run. */
  Optional<Spread> figure(Scenario scenario, Contender.Kind kind, ToDoubleFunction<Row> figure) {
    return spread(of(scenario, kind).stream().map(row -> figure.applyAsDouble(row)).toList());
  }

  /** The hub's figure less another's, compared within each round. */
  Optional<Spread> added(Scenario scenario, Contender.Kind over, ToDoubleFunction<Row> figure) {
    return compared(scenario, over, figure, (hub, other) -> hub - other);
  }

  /** The hub's figure as a multiple of another's, compared within each round. */
  Optional<Spread> ratio(Scenario scenario, Contender.Kind to, ToDoubleFunction<Row> figure) {
    return compared(scenario, to, figure, (hub, other) -> hub / other);
  }

  private interface Comparison {
    double of(double hub, double other);
  }

  private Optional<Spread> compared(
      Scenario scenario, Contender.Kind with, ToDoubleFunction<Row> figure, Comparison how) {
    List<Double> figures = new ArrayList<>();
    for (Row hub : of(scenario, Contender.Kind.HUB)) {
      for (Row other : of(scenario, with)) {
        if (hub.round() == other.round()) {
          figures.add(how.of(figure.applyAsDouble(hub), figure.applyAsDouble(other)));
        }
      }
    }
    return spread(figures);
  }

  private static Optional<Spread> spread(List<Double> figures) {
    return figures.isEmpty() ? Optional.empty() : Optional.of(Spread.of(figures));
  }

  private List<Row> of(Scenario scenario, Contender.Kind kind) {
    return rows.stream().filter(row -> row.scenario() == scenario && row.kind() == kind).toList();
  }

  /** The sum of a count over all rounds. */
  long total(Scenario scenario, Contender.Kind kind, ToDoubleFunction<Row> count) {
    return (long) of(scenario, kind).stream().mapToDouble(count).sum();
  }

  long failures() {
    return rows.stream().mapToLong(row -> row.seen().failures()).sum();
  }
}
