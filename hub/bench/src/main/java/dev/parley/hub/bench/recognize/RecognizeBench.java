package dev.parley.hub.bench.recognize;

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
import java.util.List;
import java.util.Locale;

/** The whole benchmark: starts the servers, measures, reports, and stops them in any case. */
public final class RecognizeBench {

  private RecognizeBench() {}

  /** Whether every call was answered whole; goals that are missed are told but are no failure. */
  public static boolean run(RecognizeOptions options, Clock clock, PrintStream out) {
    long now = clock.epochMillis();
    List<String> facts = facts(now, options);
    facts.forEach(out::println);
    Path file = options.out().orElse(Path.of("data", "bench", "recognize-" + now / 1000 + ".csv"));
    try (WorkFolder folder = WorkFolder.temporary();
        Sheet sheet = Sheet.create(file, facts, out)) {
      Servers servers = new Servers(folder.path());
      try (Child backend = servers.recognizer(options.delayMillis());
          Child hub =
              servers.hub(
                  port -> RecognizeConfig.of(port, backend.port(), options.models()),
                  List.of("-Xlog:gc"));
          Stage stage = new Stage(backend, hub)) {
        long failed = measure(stage, options, sheet, out);
        out.println("load of the machine at the end: " + load());
        Table.lines(sheet.rows()).forEach(out::println);
        out.println();
        Table.summary(sheet.rows()).forEach(out::println);
        out.println("calls and streams that were not answered whole: " + failed);
        out.println("raw rows: " + file);
        return failed == 0;
      }
    }
  }

  private static long measure(Stage stage, RecognizeOptions options, Sheet sheet, PrintStream out) {
    TenSeconds files = new TenSeconds(stage, options);
    LiveTalk talk = new LiveTalk(stage, options);
    LongFile longFile = new LongFile(stage, options);
    Findings found = new Findings();
    out.println("warming up");
    files.warmUp();
    if (options.streams() > 0 && !options.quick()) {
      talk.warmUp();
    }
    for (int round = 1; round <= options.rounds(); round++) {
      out.printf(Locale.ROOT, "round %d of %d, load %s%n", round, options.rounds(), load());
      files.round(found);
      if (options.streams() > 0) {
        talk.round(found);
      }
    }
    if (options.uploadMb() > 0) {
      out.println("the long file, load " + load());
      longFile.measure(found);
    }
    found.write(sheet);
    return files.failed() + talk.failed() + longFile.failed();
  }

  private static List<String> facts(long epochMillis, RecognizeOptions options) {
    return List.of(
        "epoch_ms: " + epochMillis,
        "cores: " + Runtime.getRuntime().availableProcessors() + ", load now: " + load(),
        "jdk: " + Runtime.version(),
        "hub options: " + String.join(" ", Servers.hubOptions()) + " -Xlog:gc",
        "rounds: "
            + options.rounds()
            + ", the server takes "
            + options.delayMillis()
            + " ms for an answer"
            + (options.quick() ? ", quick: hardly warm, not for comparison" : ""));
  }

  private static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return String.format(Locale.ROOT, "%.1f", load);
  }
}
