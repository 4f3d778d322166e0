package dev.parley.hub.bench.sheet;

import dev.parley.hub.bench.sheet.Row.Measured;
import dev.parley.hub.bench.sheet.Row.Peer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the figures of the rounds, as the goals are measured in turn. For one thread. */
public final class Findings {

  private static final String OURS = "";

  private final Map<Goal, Map<String, List<Double>>> figures = new LinkedHashMap<>();

  public void add(Goal goal, double figure) {
    beside(goal, OURS, figure);
  }

  /** Somebody else's figure in the same round. */
  public void beside(Goal goal, String name, double figure) {
    figures
        .computeIfAbsent(goal, _ -> new LinkedHashMap<>())
        .computeIfAbsent(name, _ -> new ArrayList<>())
        .add(figure);
  }

  /** All rows, in the order in which they were first measured. */
  public void write(Sheet sheet) {
    figures.forEach((goal, names) -> {
      List<Peer> others =
          names.entrySet().stream()
              .filter(one -> !one.getKey().equals(OURS))
              .map(one -> new Peer(one.getKey(), new Measured(new Figures(one.getValue()))))
              .toList();
      sheet.add(goal, new Figures(names.getOrDefault(OURS, List.of(Double.NaN))), others);
    });
  }
}
