package dev.parley.hub.bench.chaos;

import dev.parley.hub.bench.process.Footprint;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a soak came to.
 *
 * @param seed that makes the same schedule again
 * @param asked calls that arrived at the backends
 * @param misasked requests of the hub that no caller made
 * @param abandoned connections that the hub kept though nothing could come any more
 */
public record Verdict(
    long seed,
    Sums sums,
    long asked,
    long misasked,
    long abandoned,
    Aftermath aftermath,
    Footprint before,
    Footprint after) {

  /** Answers that passed for right and were not; also what was asked that nobody asked for. */
  public long wrong() {
    return sums.wrong() + aftermath.finalRound().wrong() + misasked;
  }

  /** Calls without an end in time. */
  public long hung() {
    return sums.hung() + aftermath.finalRound().hung();
  }

  /** What should have gone and has not: connections, places, errors in the log. */
  public long leaks() {
    return aftermath.leaks() + abandoned;
  }

  /** Calls that were made while backends failed. */
  public long calls() {
    return sums.calls();
  }

  /** Whether the hub did all that it must, however often its backends failed. */
  public boolean good() {
    return wrong() == 0
        && hung() == 0
        && leaks() == 0
        && sums.broken() == 0
        && aftermath.recovered();
  }

  void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%n%d calls: %d answered right, %d failed, %d left by their callers%n",
        sums.calls(),
        sums.successes(),
        sums.failures(),
        sums.left());
    counted(out, sums.refusals());
    counted(out, sums.breaks());
    out.printf(
        Locale.ROOT,
        "caller errors %.2f %%; nobody could have answered %.2f %% (of those %d answered all the"
            + " same)%n",
        percent(sums.failures()),
        percent(sums.hopeless()),
        sums.hopelessSuccesses());
    out.printf(
        Locale.ROOT,
        "tries per call: %.2f seen by the backends, %.2f told with the answers%n",
        asked / (double) Math.max(1, sums.calls()),
        sums.attempts() / (double) Math.max(1, sums.successes()));
    latency(out, "answers", sums.successMillis());
    latency(out, "errors", sums.errorMillis());
    aftermath(out);
    out.printf(
        Locale.ROOT,
        "%nwrong successes %d, hung calls %d, leaks %d, ends without an error %d: %s%n",
        wrong(),
        hung(),
        leaks(),
        sums.broken(),
        good() ? "good" : "NOT GOOD, seed " + seed);
  }

  private static void counted(PrintStream out, Map<String, Long> counts) {
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(one -> out.printf(Locale.ROOT, "  %6d  %s%n", one.getValue(), one.getKey()));
  }

  private double percent(long calls) {
    return 100.0 * calls / Math.max(1, sums.judged());
  }

  private static void latency(PrintStream out, String of, Histogram millis) {
    out.printf(
        Locale.ROOT,
        "%s: p50 %d ms, p99 %d ms, max %d ms%n",
        of,
        millis.getValueAtPercentile(50),
        millis.getValueAtPercentile(99),
        millis.getMaxValue());
  }

  private void aftermath(PrintStream out) {
    out.println(
        aftermath.recoveredMillis() < 0
            ? "not every name was answered again"
            : "every name answered again after " + aftermath.recoveredMillis() + " ms");
    Sums last = aftermath.finalRound();
    out.printf(
        Locale.ROOT, "final round: %d of %d calls succeed%n", last.successes(), last.calls());
    counted(out, last.refusals());
    counted(out, last.breaks());
    out.printf(
        Locale.ROOT,
        "left behind: %d calls, %d connections, %d forgotten ones; requests that nobody made: %d%n",
        aftermath.busy(),
        aftermath.open().size(),
        abandoned,
        misasked);
    out.println(
        aftermath
            .taken()
            .map(taken -> taken.isEmpty() ? "no place is taken" : "places still taken: " + taken)
            .orElse("the hub has no /metrics with places: not checked"));
    out.println("the hub before: " + before);
    out.println("the hub after:  " + after);
    sums.wrongs().forEach(wrong -> out.println("WRONG " + wrong));
    sums.hangs().forEach(hung -> out.println("HUNG " + hung));
    last.wrongs().forEach(wrong -> out.println("WRONG in the final round " + wrong));
    if (aftermath.leaks() > 0) {
      aftermath.open().forEach(line -> out.println("OPEN " + line));
    }
    aftermath.errors().forEach(line -> out.println("LOGGED " + line));
  }
}
