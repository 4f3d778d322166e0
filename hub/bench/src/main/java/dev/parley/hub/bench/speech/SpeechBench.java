package dev.parley.hub.bench.speech;

import dev.parley.core.time.Clock;
import dev.parley.hub.bench.process.Child;
import dev.parley.hub.bench.process.Servers;
import dev.parley.hub.bench.process.WorkFolder;
import dev.parley.hub.bench.sheet.Findings;
import dev.parley.hub.bench.sheet.Sheet;
import dev.parley.hub.bench.sheet.Table;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The whole benchmark: starts the servers, measures, reports, and stops them in any case. */
public final class SpeechBench {

  private static final int WARM_CALLERS = 32;
  private static final Duration WARM = Duration.ofMillis(2_500);

  private SpeechBench() {}

  /** Whether every call was answered whole; goals that are missed are told but are no failure. */
  public static boolean run(SpeechOptions options, Clock clock, PrintStream out) {
    long now = clock.epochMillis();
    List<String> facts = facts(now, options);
    facts.forEach(out::println);
    Path file = options.out().orElse(Path.of("data", "bench", "speech-" + now / 1000 + ".csv"));
    try (WorkFolder folder = WorkFolder.temporary();
        Sheet sheet = Sheet.create(file, facts, out)) {
      Servers servers = new Servers(folder.path());
      try (Child backend = servers.speech();
          Child hub =
              servers.hub(
                  port -> SpeechConfig.of(port, backend.port(), options.sentence().toMillis()),
                  List.of());
          Stage stage = new Stage(backend, hub)) {
        warmUp(stage, options, out);
        long failed = measure(stage, options, sheet, out);
        out.println("load of the machine at the end: " + load());
        Table.lines(sheet.rows()).forEach(out::println);
        out.println();
        Table.summary(sheet.rows()).forEach(out::println);
        out.println("calls that were not answered whole: " + failed);
        out.println("raw rows: " + file);
        return failed == 0;
      }
    }
  }

  private static void warmUp(Stage stage, SpeechOptions options, PrintStream out) {
    out.println("warming up");
    Duration time = options.quick() ? options.cell() : WARM;
    for (Way way : Way.values()) {
      int callers = options.quick() ? 1 : WARM_CALLERS;
      Cell cell = stage.crowd(way, callers, FirstSound.TEXT, time, Duration.ZERO);
      if (cell.failed() > 0) {
        throw stage.hub().failure("failed " + cell.failed() + " calls: " + way.label());
      }
    }
  }

  private static long measure(Stage stage, SpeechOptions options, Sheet sheet, PrintStream out) {
    FirstSound first = new FirstSound(stage, options);
    WholeSentences whole = new WholeSentences(stage, options);
    LiveText live = new LiveText(stage, options);
    Cost cost = new Cost(stage, options);
    Leaving leaving = new Leaving(stage, options);
    Findings found = new Findings();
    for (int round = 1; round <= options.rounds(); round++) {
      out.printf(Locale.ROOT, "round %d of %d%n", round, options.rounds());
      first.round(round, found);
      whole.round(found);
      live.round(found);
      cost.round(found);
      leaving.round(found);
    }
    found.write(sheet);
    return first.failed() + whole.failed() + cost.failed();
  }

  private static List<String> facts(long epochMillis, SpeechOptions options) {
    return List.of(
        "epoch_ms: " + epochMillis,
        "cores: " + Runtime.getRuntime().availableProcessors() + ", load now: " + load(),
        "jdk: " + Runtime.version(),
        "hub options: " + String.join(" ", Servers.hubOptions()),
        "rounds: "
            + options.rounds()
            + ", "
            + options.cell().toMillis()
            + " ms a cell"
            + (options.quick() ? ", quick: hardly warm, not for comparison" : ""));
  }

  private static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return String.format(Locale.ROOT, "%.1f", load);
  }
}
