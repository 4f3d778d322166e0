package dev.parley.hub.bench.proxy;

import dev.parley.hub.bench.load.Measured;
import java.util.Locale;

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
    return String.format(
        Locale.ROOT,
        "%d,%s,%s,%d,%s,%d,%.3f,%.1f,%.1f,%.1f,%.1f,%.2f,%d,%d,%d",
        round,
        scenario.label(),
        kind.label(),
        connections,
        scenario.unit(),
        seen.count(),
        seen.elapsed().toNanos() / 1e9,
        rate(),
        p50(),
        p99(),
        seen.nanos().getMaxValue() / 1e3,
        cpu(),
        seen.failures(),
        seen.late(),
        seen.lost());
  }
}
