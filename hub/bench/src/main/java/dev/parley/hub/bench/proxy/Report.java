package dev.parley.hub.bench.proxy;

import dev.parley.hub.bench.proxy.Contender.Kind;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Prints what the rounds say: the median of each figure, and its extremes in brackets. */
final class Report {

  private static final int WIDTH = 34;

  private final Results results;
  private final PrintStream out;

  Report(Results results, PrintStream out) {
    this.results = results;
    this.out = out;
  }

  void print(Memory memory) {
    for (Scenario scenario : Scenario.CALLS) {
      out.printf("%nchat calls answered whole, c=%d%n", scenario.connections(false));
      heads();
      line("requests/s", scenario, Row::rate, 0);
      line("p50, us", scenario, Row::p50, 0);
      line("p99, us", scenario, Row::p99, 0);
      line("CPU us/request of the server", scenario, Row::cpu, 1);
      compared(scenario);
    }
    out.printf("%ntime to the first delta of a stream, c=1%n");
    heads();
    line("p50, us", Scenario.FIRST_DELTA, Row::p50, 0);
    line("p99, us", Scenario.FIRST_DELTA, Row::p99, 0);
    added(Scenario.FIRST_DELTA);
    out.printf("%n256 streams at full speed%n");
    heads();
    line("deltas/s", Scenario.RELAY, Row::rate, 0);
    line("CPU us/delta of the server", Scenario.RELAY, Row::cpu, 2);
    compared(Scenario.RELAY);
    paced();
    out.printf(
        Locale.ROOT,
        "%nhub memory: peak %.0f MiB; resident %.0f before, %.0f after %d, %.0f after %d calls%n",
        memory.peakMib(),
        memory.beforeMib(),
        memory.halfMib(),
        memory.calls() / 2,
        memory.afterMib(),
        memory.calls());
    goals(memory);
  }

  private void paced() {
    out.printf(
        "%npaced streams, a delta each %d ms; late: more than 20 ms under way%n",
        Scenario.GAP_MILLIS);
    heads();
    line("p50 under way, us", Scenario.PACED, Row::p50, 0);
    line("p99 under way, us", Scenario.PACED, Row::p99, 0);
    line("deltas", Scenario.PACED, row -> row.seen().count(), 0);
    line("late", Scenario.PACED, row -> row.seen().late(), 0);
    line("lost", Scenario.PACED, row -> row.seen().lost(), 0);
    line("CPU us/delta of the server", Scenario.PACED, Row::cpu, 1);
  }

  private void heads() {
    StringBuilder line = new StringBuilder(pad(""));
    for (Kind kind : Kind.values()) {
      line.append(pad(kind.label()));
    }
    out.println(line.toString().stripTrailing());
  }

  private void line(String label, Scenario scenario, ToDoubleFunction<Row> figure, int decimals) {
    StringBuilder line = new StringBuilder(pad("  " + label));
    for (Kind kind : Kind.values()) {
      line.append(
          pad(results.figure(scenario, kind, figure).map(s -> s.text(decimals)).orElse("-")));
    }
    out.println(line.toString().stripTrailing());
  }

  private void compared(Scenario scenario) {
    added(scenario);
    for (Kind kind : new Kind[] {Kind.DIRECT, Kind.NGINX}) {
      relation("hub/" + kind.label() + " per second", results.ratio(scenario, kind, Row::rate), 2);
    }
    relation(
        "guarded/hub per second", inverse(results.ratio(scenario, Kind.GUARDED, Row::rate)), 2);
    relation("guarded/hub p99", inverse(results.ratio(scenario, Kind.GUARDED, Row::p99)), 2);
    relation("hub/nginx CPU", results.ratio(scenario, Kind.NGINX, Row::cpu), 2);
  }

  private void added(Scenario scenario) {
    if (scenario != Scenario.RELAY) {
      relation("hub - direct p50, us", results.added(scenario, Kind.DIRECT, Row::p50), 0);
      relation("hub - nginx p50, us", results.added(scenario, Kind.NGINX, Row::p50), 0);
    }
  }

  private void relation(String label, Optional<Spread> spread, int decimals) {
    spread.ifPresent(s -> out.println(pad("  " + label) + s.text(decimals)));
  }

  private void goals(Memory memory) {
    out.printf(
        "%nquoted for comparison, 2 vCPU, c=10 (published by others, not measured here):%n"
            + "  GoModel 4,498 requests/s, p50 2.2 ms; Bifrost 2,079 requests/s, p50 4.2 ms%n%n"
            + "goals%n");
    for (Goal goal : Goal.of(results, memory)) {
      out.printf("  %-7s %s: %s%n", goal.met() ? "met" : "MISSED", goal.wanted(), goal.got());
    }
    if (results.failures() > 0) {
      out.printf("  FAILED requests: %d (see the raw rows)%n", results.failures());
    }
  }

  private static Optional<Spread> inverse(Optional<Spread> hubToOther) {
    return hubToOther.map(Spread::inverse);
  }

  private static String pad(String text) {
    return String.format("%-" + WIDTH + "s", text);
  }
}
