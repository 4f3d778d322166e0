package dev.parley.hub.bench.proxy;

import dev.parley.hub.bench.load.Generator;
import dev.parley.hub.bench.load.Measured;
import dev.parley.hub.bench.load.Until;
import java.time.Duration;
import java.util.List;

/** A load that every contender gets. */
enum Scenario {
  CALL_1("call", 1, "answers"),
  CALL_10("call", 10, "answers"),
  CALL_100("call", 100, "answers"),
  FIRST_DELTA("first-delta", 1, "deltas"),
  RELAY("relay", 256, "deltas"),
  PACED("paced", 512, "deltas");

  static final List<Scenario> CALLS = List.of(CALL_1, CALL_10, CALL_100);

  /** Milliseconds between two deltas of a paced stream. */
  static final int GAP_MILLIS = 20;

  private static final int FIRST_DELTA_GAP_MILLIS = 4;
  private static final int FIRST_DELTA_STREAM = 3;
  private static final int RELAY_STREAM = 800;
  private static final int QUICK_PACED = 32;

  private final String label;
  private final int connections;
  private final String unit;

  Scenario(String label, int connections, String unit) {
    this.label = label;
    this.connections = connections;
    this.unit = unit;
  }

  String label() {
    return label;
  }

  String unit() {
    return unit;
  }

  int connections(boolean quick) {
    return quick && this == PACED ? QUICK_PACED : connections;
  }

  Measured run(Generator generator, Contender to, Duration time, boolean quick) {
    int callers = connections(quick);
    Until until = Until.elapsed(time);
    return switch (this) {
      case CALL_1, CALL_10, CALL_100 -> generator.calls(to.port(), callers, to.call(), until);
      case FIRST_DELTA ->
          generator.streams(
              to.port(),
              callers,
              to.stream(FIRST_DELTA_STREAM, FIRST_DELTA_GAP_MILLIS),
              FIRST_DELTA_STREAM,
              until);
      case RELAY ->
          generator.streams(to.port(), callers, to.stream(RELAY_STREAM, 0), RELAY_STREAM, until);
      case PACED -> {
        // Starts are spread over a second, so that the streams are not in step.
        int deltas = (int) Math.max(10, 2 * time.toMillis() / GAP_MILLIS);
        yield generator.paced(
            to.port(), callers, to.stream(deltas, GAP_MILLIS), deltas, Duration.ofSeconds(1));
      }
    };
  }
}
