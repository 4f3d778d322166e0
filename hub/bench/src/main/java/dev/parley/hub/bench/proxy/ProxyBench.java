package dev.parley.hub.bench.proxy;

import dev.parley.core.time.Clock;
import dev.parley.hub.bench.load.Generator;
import dev.parley.hub.bench.process.Child;
import dev.parley.hub.bench.process.Servers;
import dev.parley.hub.bench.process.WorkFolder;
import dev.parley.hub.bench.proxy.Contender.Kind;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The whole benchmark: starts the servers, measures, reports, and stops them in any case. */
public final class ProxyBench {

  private static final long MEMORY_CALLS = 100_000;
  private static final long QUICK_MEMORY_CALLS = 2_000;

  private ProxyBench() {}

  /** Whether every request was answered; goals that are missed are told but are no failure. */
  public static boolean run(ProxyOptions options, Clock clock, PrintStream out) {
    List<Child> started = new ArrayList<>();
    try (WorkFolder folder = WorkFolder.temporary()) {
      try (Generator generator = new Generator()) {
        List<Contender> contenders = start(new Servers(folder.path()), options, started, out);
        return measure(generator, contenders, options, clock, out);
      } finally {
        started.reversed().forEach(Child::close);
      }
    }
  }

  private static List<Contender> start(
      Servers servers, ProxyOptions options, List<Child> started, PrintStream out) {
    List<Contender> contenders = new ArrayList<>();
    Child backend = servers.backend();
    started.add(backend);
    contenders.add(new Contender(Kind.DIRECT, backend));
    Optional<Child> nginx = servers.nginx(backend.port());
    if (nginx.isPresent()) {
      started.add(nginx.get());
      contenders.add(new Contender(Kind.NGINX, nginx.get()));
    } else {
      out.println("nginx is not installed: measured without it");
    }
    Child hub = servers.hub(backend.port());
    started.add(hub);
    if (options.guarded()) {
      out.println("making ten thousand keys");
      Contender guarded = GuardedHub.start(servers, backend.port(), options.redis());
      started.add(guarded.server());
      contenders.add(guarded);
    }
    contenders.add(new Contender(Kind.HUB, hub));
    return contenders;
  }

  private static boolean measure(
      Generator generator,
      List<Contender> contenders,
      ProxyOptions options,
      Clock clock,
      PrintStream out) {
    long now = clock.epochMillis();
    boolean nginx = contenders.stream().anyMatch(to -> to.kind() == Kind.NGINX);
    List<String> facts = MachineFacts.lines(now, nginx, options);
    facts.forEach(out::println);
    Path file = options.out().orElse(Path.of("data", "bench", "proxy-" + now / 1000 + ".csv"));
    Results results = new Results();
    Memory memory;
    try (RawRows raw = RawRows.create(file, facts)) {
      Rounds rounds = new Rounds(generator, contenders, options, out);
      rounds.warmUp();
      rounds.measure(results, raw);
      if (options.withWrk()) {
        Wrk.check(contenders, options.cell(), out);
      }
      memory =
          Memory.measure(
              generator, contenders.getLast(), options.quick() ? QUICK_MEMORY_CALLS : MEMORY_CALLS);
      raw.line("# hub memory, MiB: " + memory);
    }
    new Report(results, out).print(memory);
    out.println("\nraw rows: " + file);
    return results.failures() == 0;
  }
}
