package dev.parley.hub.bench.chaos;

import dev.parley.core.time.Clock;
import dev.parley.hub.bench.process.Child;
import dev.parley.hub.bench.process.Footprint;
import dev.parley.hub.bench.process.Servers;
import dev.parley.hub.bench.process.WorkFolder;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The whole soak: starts backends and hub, lets the backends fail by the schedule while callers
 * call, looks at what is left, and stops everything in any case.
 */
public final class ChaosBench {

  private static final int BACKENDS = 4;
  private static final int SEEDS = 1_000_000;
  private static final int FIRST_CALLS_EACH = 10;
  private static final long PROGRESS_MILLIS = 5_000;

  /** Netty tells of every buffer that was lost; the log is read for errors at the end. */
  private static final List<String> HUB_OPTIONS =
      List.of("-Dio.netty.leakDetection.level=paranoid");

  private final Timeline timeline;
  private final Counts counts = new Counts();
  private final Ledger ledger = new Ledger();
  private final PrintStream out;

  private ChaosBench(Timeline timeline, PrintStream out) {
    this.timeline = timeline;
    this.out = out;
  }

  /** Runs one; tells its seed first, and the rest when it is over. */
  public static Verdict run(ChaosOptions options, Clock clock, PrintStream out) {
    long seed = options.seed().orElseGet(() -> clock.epochMillis() % SEEDS);
    out.printf(
        Locale.ROOT,
        "seed %d: %d s, %d callers, %d backends%n",
        seed,
        options.length().toSeconds(),
        options.callers(),
        BACKENDS);
    SplittableRandom random = new SplittableRandom(seed);
    Schedule schedule = Schedule.draw(random.split(), BACKENDS, options.length());
    Verdict verdict =
        new ChaosBench(new Timeline(schedule), out).soak(seed, options, random.split());
    verdict.print(out);
    return verdict;
  }

  private Verdict soak(long seed, ChaosOptions options, SplittableRandom random) {
    List<ChaosBackend> backends = new ArrayList<>();
    try (WorkFolder folder = WorkFolder.temporary()) {
      for (int i = 0; i < BACKENDS; i++) {
        backends.add(new ChaosBackend(i, timeline, counts));
      }
      List<Integer> ports = backends.stream().map(ChaosBackend::port).toList();
      try (Child hub =
          new Servers(folder.path()).hub(port -> SoakConfig.of(port, ports), HUB_OPTIONS)) {
        return soak(seed, options, random, hub, backends);
      }
    } finally {
      backends.forEach(ChaosBackend::close);
    }
  }

  private Verdict soak(
      long seed,
      ChaosOptions options,
      SplittableRandom random,
      Child hub,
      List<ChaosBackend> backends) {
    Crowd crowd = new Crowd(hub.port(), timeline, ledger);
    Ledger first = new Ledger();
    crowd.round(FIRST_CALLS_EACH, first);
    if (first.sums().failures() > 0) {
      throw hub.failure("does not answer while all is well: " + first.sums());
    }
    Footprint before = Footprint.of(hub);
    long askedBefore = counts.asked();
    timeline.begin();
    Thread progress = Thread.ofVirtual().start(this::tellProgress);
    try {
      crowd.callUntil(options.length().toMillis(), options.callers(), random);
    } finally {
      progress.interrupt();
    }
    Sums sums = ledger.sums();
    long asked = counts.asked() - askedBefore;
    Aftermath aftermath =
        Aftermath.of(
            hub,
            crowd,
            counts,
            () -> backends.stream().flatMap(backend -> backend.open().stream()).toList());
    return new Verdict(
        seed,
        sums,
        asked,
        counts.misasked(),
        counts.abandoned(),
        aftermath,
        before,
        Footprint.of(hub));
  }

  private void tellProgress() {
    try {
      while (true) {
        Thread.sleep(PROGRESS_MILLIS);
        Sums sums = ledger.sums();
        out.printf(
            Locale.ROOT,
            "%4d s: %d calls, %d answered, %d failed, %d wrong, %d hung%n",
            timeline.now() / 1_000,
            sums.calls(),
            sums.successes(),
            sums.failures(),
            sums.wrong(),
            sums.hung());
      }
    } catch (InterruptedException _) {
      // The soak is over.
    }
  }
}
