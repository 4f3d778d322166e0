package dev.parley.hub.bench.proxy;

import dev.parley.hub.bench.load.Measured;
import dev.parley.hub.usage.CsvLine;

/**
 * One cell of one round.
 *
 * @param cpuMicros CPU time of the contender's process, generator and backend apart
 */
record Row(
    int round,
    Scenario scenario,
    Contender.Kind kind,
    int connections,
    Measured seen,
    long cpuMicros) {

  static final String HEADER =
      "round,scenario,contender,connections,unit,count,seconds,per_second,p50_us,p99_us,max_us,"
          + "cpu_us_per_unit,failures,late,lost";

  double rate() {
    return seen.rate();
  }

  double p50() {
    return seen.micros(50);
  }

  double p99() {
    return seen.micros(99);
  }

  /** Microseconds of CPU for each answer or delta. */
  double cpu() {
    return seen.count() == 0 ? 0 : (double) cpuMicros / seen.count();
  }

  String csv() {
    return new CsvLine()
        .number(round)
        .text(scenario.label())
        .text(kind.label())
        .number(connections)
        .text(scenario.unit())
        .number(seen.count())
        .figure(seen.elapsed().toNanos() / 1e9, 3)
        .figure(rate(), 1)
        .figure(p50(), 1)
        .figure(p99(), 1)
        .figure(seen.nanos().getMaxValue() / 1e3, 1)
        .figure(cpu(), 2)
        .number(seen.failures())
        .number(seen.late())
        .number(seen.lost())
        .line();
  }
}
