package dev.parley.hub.bench.abuse;

import dev.parley.core.time.Clock;
import dev.parley.hub.bench.load.Generator;
import dev.parley.hub.bench.load.Measured;
import dev.parley.hub.bench.load.Requests;
import dev.parley.hub.bench.load.Until;
import dev.parley.hub.bench.process.Child;
import dev.parley.hub.bench.process.Servers;
import dev.parley.hub.bench.process.WorkFolder;
import dev.parley.hub.bench.sheet.Findings;
import dev.parley.hub.bench.sheet.Goal;
import dev.parley.hub.bench.sheet.Sheet;
import dev.parley.hub.bench.sheet.Table;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures a caller with a key, alone and beside each kind of abuse, in turn in every round, and
 * what the hub keeps and writes of it.
 */
public final class AbuseBench {

  private static final int CONNECTIONS = 10;
  private static final double KIB_PER_MIB = 1024;
  private static final Duration WARM = Duration.ofSeconds(10);
  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final String KEY = "bench-key-0123456789abcdefghijklmnopqrstuvwxyz";
  private static final byte[] CALL =
      Requests.call("/v1/chat/completions", "authorization: Bearer " + KEY + "\r\n");

  private final AbuseOptions options;
  private final Generator generator;
  private final Child hub;
  private final Findings findings = new Findings();
  private double aloneRate;
  private double aloneMicros;
  private double peakMib;
  private long failures;
  private long taken;

  private AbuseBench(AbuseOptions options, Generator generator, Child hub) {
    this.options = options;
    this.generator = generator;
    this.hub = hub;
  }

  /** Whether the caller was always served and no abuse; goals that are missed are no failure. */
  public static boolean run(AbuseOptions options, Clock clock, PrintStream out) {
    try (WorkFolder folder = WorkFolder.temporary();
        Generator generator = new Generator()) {
      Servers servers = new Servers(folder.path());
      try (Child backend = servers.backend();
          Child hub = servers.hub(port -> config(port, backend.port()), List.of())) {
        return new AbuseBench(options, generator, hub).measure(clock, out);
      }
    }
  }

  private static String config(int port, int backendPort) {
    return """
    server: { host: 127.0.0.1, port: %d, connections_max: 20000 }
    access: { keys: [ { name: bench, key: %s } ] }
    backends:
      - id: fake
        type: openai
        base_url: http://127.0.0.1:%d/v1
        models: [ { id: bench, capabilities: [chat] } ]
        limits: { concurrency: 2000, queue: 2000 }
    """
        .formatted(port, KEY, backendPort);
  }

  private boolean measure(Clock clock, PrintStream out) {
    long now = clock.epochMillis();
    Path file = options.out().orElse(Path.of("data", "bench", "abuse-" + now / 1000 + ".csv"));
    List<String> facts =
        List.of(
            "epoch_ms: " + now,
            "cores, for the hub, its caller and its abusers: "
                + Runtime.getRuntime().availableProcessors(),
            "caller: " + CONNECTIONS + " connections, small chat calls with a key",
            "abuse: "
                + options.rate()
                + " bad requests a second, each on a new connection (resets: 700 on each)",
            "rounds: " + options.rounds() + " of " + options.cell().toSeconds() + " s a cell");
    facts.forEach(out::println);
    Measured _ = generator.calls(hub.port(), CONNECTIONS, CALL, Until.elapsed(WARM));
    double before = mib();
    for (int round = 1; round <= options.rounds(); round++) {
      out.printf(Locale.ROOT, "round %d of %d%n", round, options.rounds());
      round();
    }
    LockSupport.parkNanos(SETTLE.toNanos());
    findings.add(Goal.told("the hub", "resident before", "MiB"), before);
    findings.add(Goal.told("the hub", "resident at the most while abused", "MiB"), peakMib);
    findings.add(
        Goal.atMost("the hub", "resident after, above before", "MiB", 128, 32), mib() - before);
    findings.add(
        Goal.atMost("the hub", "bad requests that were served", "", 0, Double.NaN), (double) taken);
    findings.add(
        Goal.atMost("the caller", "calls that failed", "", 0, Double.NaN), (double) failures);
    try (Sheet sheet = Sheet.create(file, facts, out)) {
      findings.write(sheet);
      Table.lines(sheet.rows()).forEach(out::println);
      Table.summary(sheet.rows()).forEach(out::println);
    }
    out.println("\nraw rows: " + file);
    return failures == 0 && taken == 0;
  }

  private void round() {
    Measured alone = call();
    aloneRate = alone.rate();
    aloneMicros = alone.micros(99);
    told("alone", alone);
    for (Shape shape : Shape.values()) {
      long lines = oddLines();
      Abuser abuser = new Abuser(shape, hub.port(), options.rate());
      try (abuser) {
        LockSupport.parkNanos(SETTLE.toNanos());
        beside(shape.label(), call());
      }
      taken += shape == Shape.RESETS ? 0 : abuser.taken();
      findings.add(
          Goal.told(shape.label(), "bad requests sent", ""), (double) abuser.sent() * shape.each());
      LockSupport.parkNanos(SETTLE.toNanos());
      findings.add(
          Goal.atMost(shape.label(), "lines logged for each", "", 2.05, 1.05),
          (oddLines() - lines) / (double) Math.max(1, abuser.sent() * shape.each()));
    }
    slow();
  }

  private void slow() {
    String section = "slow connections";
    long lines = oddLines();
    SlowCrowd crowd = new SlowCrowd(hub.port(), options.connections());
    try (crowd) {
      LockSupport.parkNanos(SETTLE.toNanos());
      beside(section, call());
    }
    findings.add(Goal.told(section, "open at once", ""), crowd.size());
    findings.add(
        Goal.told(section, "closed by the hub, and opened again", ""), (double) crowd.closed());
    LockSupport.parkNanos(SETTLE.toNanos());
    findings.add(Goal.atMost(section, "lines logged", "", 10, 0), (double) (oddLines() - lines));
  }

  private Measured call() {
    Measured seen = generator.calls(hub.port(), CONNECTIONS, CALL, Until.elapsed(options.cell()));
    failures += seen.failures();
    return seen;
  }

  private void beside(String section, Measured seen) {
    peakMib = Math.max(peakMib, mib());
    told(section, seen);
    findings.add(
        Goal.atLeast(section, "calls/s beside it, of those alone", "", 0.5, 0.8),
        seen.rate() / aloneRate);
    findings.add(
        Goal.atMost(section, "p99 beside it, of that alone", "", 3, 1.5),
        seen.micros(99) / aloneMicros);
  }

  private void told(String section, Measured seen) {
    findings.add(Goal.told(section, "calls", "/s"), seen.rate());
    findings.add(Goal.told(section, "p50", "us"), seen.micros(50));
    findings.add(Goal.told(section, "p99", "us"), seen.micros(99));
  }

  private double mib() {
    return hub.facts().rssKib() / KIB_PER_MIB;
  }

  /** What the hub wrote but the lines of calls that went well. */
  private long oddLines() {
    return hub.lines().filter(line -> !line.contains("\"outcome\":\"ok\"")).count();
  }
}
