package dev.parley.hub.bench.proxy;

import dev.parley.hub.bench.proxy.Contender.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A figure to reach, and what was reached. */
record Goal(String wanted, String got, boolean met) {

  private static final double NGINX_SHARE = 0.5;
  private static final double ADDED_P50_MICROS = 300;
  private static final double ADDED_FIRST_DELTA_MICROS = 1000;
  private static final double GUARDED_RATE = 0.85;
  private static final double GUARDED_P99 = 1.3;
  private static final double PEAK_MIB = 350;
  private static final double GO_MODEL_RATE = 4498;

  static List<Goal> of(Results results, Memory memory) {
    List<Goal> goals = new ArrayList<>();
    results
        .ratio(Scenario.CALL_10, Kind.NGINX, Row::rate)
        .ifPresent(share ->
            goals.add(
                new Goal(
                    "at least half of nginx's requests/s at c=10",
                    share.text(2),
                    share.median() >= NGINX_SHARE)));
    results
        .added(Scenario.CALL_1, Kind.DIRECT, Row::p50)
        .ifPresent(added ->
            goals.add(
                new Goal(
                    "added p50 under 0.3 ms at c=1",
                    added.text(0) + " us",
                    added.median() < ADDED_P50_MICROS)));
    results
        .added(Scenario.FIRST_DELTA, Kind.DIRECT, Row::p50)
        .ifPresent(added ->
            goals.add(
                new Goal(
                    "added time to the first delta under 1 ms",
                    added.text(0) + " us",
                    added.median() < ADDED_FIRST_DELTA_MICROS)));
    for (Scenario calls : Scenario.CALLS) {
      results
          .ratio(calls, Kind.GUARDED, Row::rate)
          .map(Spread::inverse)
          .ifPresent(share ->
              goals.add(
                  new Goal(
                      "guarded: at most 15 % fewer requests/s at c=" + calls.connections(false),
                      share.text(2),
                      share.median() >= GUARDED_RATE)));
      results
          .ratio(calls, Kind.GUARDED, Row::p99)
          .map(Spread::inverse)
          .ifPresent(share ->
              goals.add(
                  new Goal(
                      "guarded: p99 within 1.3 times at c=" + calls.connections(false),
                      share.text(2),
                      share.median() <= GUARDED_P99)));
    }
    goals.add(paced(results));
    goals.add(
        new Goal(
            String.format(
                Locale.ROOT, "resident memory under 350 MB after %d more calls", memory.calls()),
            String.format(Locale.ROOT, "%.0f MiB, peak %.0f", memory.afterMib(), memory.peakMib()),
            memory.peakMib() < PEAK_MIB));
    goals.add(
        new Goal(
            "no growth between half and all of them",
            String.format(Locale.ROOT, "%+.1f MiB", memory.afterMib() - memory.halfMib()),
            !memory.grew()));
    results
        .figure(Scenario.CALL_10, Kind.HUB, Row::rate)
        .ifPresent(rate ->
            goals.add(
                new Goal(
                    "more requests/s at c=10 than GoModel's 4,498 on 2 vCPU",
                    rate.text(0),
                    rate.median() > GO_MODEL_RATE)));
    return goals;
  }

  private static Goal paced(Results results) {
    long late = results.total(Scenario.PACED, Kind.HUB, row -> row.seen().late());
    long lost = results.total(Scenario.PACED, Kind.HUB, row -> row.seen().lost());
    return new Goal(
        "paced streams without a late or lost delta",
        late + " late, " + lost + " lost",
        late == 0 && lost == 0);
  }
}
