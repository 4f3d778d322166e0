package dev.parley.hub.bench.proxy;

import dev.parley.hub.bench.load.Generator;
import dev.parley.hub.bench.load.Measured;
import dev.parley.hub.bench.load.Until;
import dev.parley.hub.bench.proxy.Contender.Kind;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Runs the loads: warms everything up, then each scenario against each contender, round by round.
 */
final class Rounds {

  private static final int WARM_CONNECTIONS = 32;
  private static final long WARM_CALLS = 20_000;

  /** In its first 100,000 calls the compiler makes the hub several times slower. */
  private static final long WARM_HUB_CALLS = 150_000;

  private static final long QUICK_CALLS = 1_000;
  private static final Duration WARM_STREAMS = Duration.ofSeconds(6);

  private final Generator generator;
  private final List<Contender> contenders;
  private final ProxyOptions options;
  private final PrintStream out;

  Rounds(Generator generator, List<Contender> contenders, ProxyOptions options, PrintStream out) {
    this.generator = generator;
    this.contenders = contenders;
    this.options = options;
    this.out = out;
  }

  void warmUp() {
    for (Contender to : contenders) {
      long calls =
          options.quick()
              ? QUICK_CALLS
              : to.kind() == Kind.HUB || to.kind() == Kind.GUARDED ? WARM_HUB_CALLS : WARM_CALLS;
      out.printf("warming up %s with %d calls and its streams%n", to.kind().label(), calls);
      Measured seen =
          generator.calls(to.port(), WARM_CONNECTIONS, to.call(), Until.requests(calls));
      if (seen.failures() > 0) {
        throw to.server().failure("failed " + seen.failures() + " of " + calls + " calls");
      }
      Duration time = options.quick() ? options.cell() : WARM_STREAMS;
      Measured streams = Scenario.RELAY.run(generator, to, time, options.quick());
      if (streams.failures() + streams.lost() > 0) {
        throw to.server()
            .failure(
                "failed " + streams.failures() + " streams and lost " + streams.lost() + " deltas");
      }
      Scenario.FIRST_DELTA.run(generator, to, options.cell(), options.quick());
    }
  }

  void measure(Results results, RawRows raw) {
    for (int round = 1; round <= options.rounds(); round++) {
      out.printf("round %d of %d%n", round, options.rounds());
      List<Contender> order = new ArrayList<>(contenders);
      Collections.rotate(order, round);
      for (Scenario scenario : Scenario.values()) {
        for (Contender to : order) {
          Row row = cell(round, scenario, to);
          results.add(row);
          raw.line(row.csv());
        }
      }
    }
  }

  private Row cell(int round, Scenario scenario, Contender to) {
    long before = to.server().facts().cpuMicros();
    Measured seen = scenario.run(generator, to, options.cell(), options.quick());
    long used = to.server().facts().cpuMicros() - before;
    return new Row(round, scenario, to.kind(), scenario.connections(options.quick()), seen, used);
  }
}
