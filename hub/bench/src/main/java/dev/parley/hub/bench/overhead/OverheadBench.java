package dev.parley.hub.bench.overhead;

import dev.parley.core.time.Clock;
import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.process.Child;
import dev.parley.hub.bench.process.Servers;
import dev.parley.hub.bench.process.WorkFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Calls a backend that answers at once, in turn directly and through the hub, and shows what a
 * caller finds that the hub adds beside what the hub says. A caller sees more: the connection to
 * the hub, and reading and writing HTTP there, which is no part of a call yet.
 */
public final class OverheadBench {

  private static final String NAME = "parley_overhead_seconds";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private OverheadBench() {}

  /**
   * Runs it.
   *
   * @return whether what the hub says lies within what the caller measured
   */
  public static boolean run(OverheadOptions options, Clock clock, PrintStream out) {
    try (WorkFolder folder = WorkFolder.temporary()) {
      Servers servers = new Servers(folder.path());
      try (Child backend = servers.backend();
          Child hub = servers.hub(backend.port());
          KeptConnection direct = new KeptConnection(backend.port(), clock);
          KeptConnection through = new KeptConnection(hub.port(), clock)) {
        for (int i = 0; i < options.warmUp(); i++) {
          direct.call();
          through.call();
        }
        Histogram before = Histogram.of(scrape(hub.port()), NAME);
        long[] without = new long[options.calls()];
        long[] with = new long[options.calls()];
        for (int i = 0; i < options.calls(); i++) {
          without[i] = direct.call();
          with[i] = through.call();
        }
        return told(without, with, Histogram.of(scrape(hub.port()), NAME).since(before), out);
      }
    }
  }

  private static boolean told(long[] without, long[] with, Histogram said, PrintStream out) {
    Arrays.sort(without);
    Arrays.sort(with);
    double middle = (at(with, 0.5) - at(without, 0.5)) / 1e3;
    double late = (at(with, 0.99) - at(without, 0.99)) / 1e3;
    double mean = (mean(with) - mean(without)) / 1e3;
    double saidMean = said.sumSeconds() / said.count() * 1e6;
    out.printf(Locale.ROOT, "%d calls each way, in turn; microseconds%n", with.length);
    out.printf(Locale.ROOT, "%-34s %8s %8s %8s%n", "", "p50", "p99", "mean");
    row(out, "direct", at(without, 0.5) / 1e3, at(without, 0.99) / 1e3, mean(without) / 1e3);
    row(out, "through the hub", at(with, 0.5) / 1e3, at(with, 0.99) / 1e3, mean(with) / 1e3);
    row(out, "difference, as the caller sees it", middle, late, mean);
    row(
        out,
        "parley_overhead, as the hub says",
        said.quantile(0.5) * 1e6,
        said.quantile(0.99) * 1e6,
        saidMean);
    boolean counted = (long) said.count() == with.length;
    if (!counted) {
      out.printf(Locale.ROOT, "the hub counted %.0f calls, not %d%n", said.count(), with.length);
    }
    return counted && saidMean > 0 && saidMean <= mean;
  }

  private static void row(PrintStream out, String name, double p50, double p99, double mean) {
    out.printf(Locale.ROOT, "%-34s %8.1f %8.1f %8.1f%n", name, p50, p99, mean);
  }

  private static long at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.round(share * sorted.length))];
  }

  private static double mean(long[] all) {
    return Arrays.stream(all).average().orElse(0);
  }

  private static String scrape(int port) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                  .timeout(TIMEOUT)
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new BenchFailure("the hub's metrics cannot be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }
}
