package dev.parley.hub.bench.executor;

import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.spi.ChatModel;
import dev.parley.core.time.Clock;
import dev.parley.hub.bench.http.Loops;
import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.cache.AnswerCache;
import dev.parley.hub.config.CacheConfig;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigReader;
import dev.parley.hub.dispatch.Accounting;
import dev.parley.hub.dispatch.Dispatcher;
import dev.parley.hub.dispatch.Tariff;
import dev.parley.hub.limits.Limits;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.telemetry.Metrics;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Makes the same calls on the same thread with and without everything that stands between an edge
 * and an adapter: the plan of a name with three targets, breakers, budgets, bulkhead, time limits,
 * hold-back, the record of attempts and the metrics. The line in the log is not counted.
 */
public final class ExecutorBench {

  private static final String CONFIG =
      """
      backends:
        - { id: a, type: memory, base_url: "http://a.invalid", models: [ { id: m, capabilities: [chat] } ] }
        - { id: b, type: memory, base_url: "http://b.invalid", models: [ { id: m, capabilities: [chat] } ] }
        - { id: c, type: memory, base_url: "http://c.invalid", models: [ { id: m, capabilities: [chat] } ] }
      models:
        - id: bench
          targets: [ { backend: a, model: m }, { backend: b, model: m }, { backend: c, model: m } ]
      """;
  private static final Duration PATIENCE = Duration.ofDays(365);
  private static final double GOAL_NANOS = 20_000;
  private static final double GOAL_BYTES = 0.5;

  private final MemoryBackend.Type type = new MemoryBackend.Type();
  private final Registry registry = new Registry(List.of(type));
  private final Dispatcher dispatcher;
  private final ChatModel bare;
  private final Target target;
  private final Map<Workload, List<Cost>> without = new EnumMap<>(Workload.class);
  private final Map<Workload, List<Cost>> with = new EnumMap<>(Workload.class);

  private ExecutorBench(Clock clock) throws ConfigException {
    registry.apply(ConfigReader.parse(CONFIG, "bench", Set.of(MemoryBackend.TYPE), _ -> null));
    registry.refresh().join();
    RegisteredBackend first = registry.snapshot().backends().getFirst();
    bare = first.backend().chat().orElseThrow();
    target = new Target(first.id(), "m");
    Metrics metrics = new Metrics(List::of, List::of, List::of, clock);
    dispatcher =
        new Dispatcher(
            registry,
            new Accounting(Limits.NONE, new Tariff(registry), metrics.calls()),
            new AnswerCache(CacheConfig.DEFAULT, clock),
            clock,
            new SplittableRandom(1));
  }

  /** Measures and tells; whether the goals are met changes nothing in the end. */
  public static void run(ExecutorOptions options, Clock clock, PrintStream out) {
    EventLoopGroup group = Loops.one();
    try {
      ExecutorBench bench = new ExecutorBench(clock);
      EventLoop loop = group.next();
      for (int round = 0; round < options.warmUp() + options.rounds(); round++) {
        boolean counts = round >= options.warmUp();
        for (Workload workload : Workload.values()) {
          loop.submit(() -> bench.round(workload, loop, counts)).get();
        }
      }
      bench.tell(out, options);
    } catch (ConfigException | ExecutionException e) {
      throw new BenchFailure("the executor cannot be measured: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    } finally {
      var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private void round(Workload workload, EventLoop loop, boolean counts) {
    List<DocumentEvent> answer = workload.answer();
    type.answers(answer);
    DocumentCall call = workload.call();
    Cost direct = Cost.of(workload.batch(), () -> direct(call, answer.size()));
    Cost through = Cost.of(workload.batch(), () -> through(call, loop, answer.size()));
    requireNothingHeld();
    if (counts) {
      without.computeIfAbsent(workload, _ -> new ArrayList<>()).add(direct);
      with.computeIfAbsent(workload, _ -> new ArrayList<>()).add(through);
    }
  }

  private void direct(DocumentCall call, int events) {
    Taker taker = new Taker();
    bare.chat(call, target).subscribe(taker);
    taker.require(events);
  }

  private void through(DocumentCall call, EventLoop loop, int events) {
    Taker taker = new Taker();
    dispatcher.open(call, loop, PATIENCE).events().subscribe(taker);
    taker.require(events);
  }

  private void requireNothingHeld() {
    registry
        .snapshot()
        .backends()
        .forEach(backend -> {
          if (backend.bulkhead().running() != 0) {
            throw new IllegalStateException("a place on " + backend.id() + " is still taken");
          }
        });
  }

  private void tell(PrintStream out, ExecutorOptions options) {
    out.printf(
        Locale.ROOT,
        "medians of %d rounds, one thread, processor time of that thread; spread in brackets%n",
        options.rounds());
    for (Workload workload : Workload.values()) {
      out.printf(Locale.ROOT, "%n%s, a call:%n", workload.label());
      out.println("  without  " + new Laps(list(without, workload)).text());
      out.println("  with     " + new Laps(list(with, workload)).text());
      out.println("  added    " + added(workload).text());
    }
    Laps event = perEvent();
    out.printf(Locale.ROOT, "%nadded for an event of a stream:%n  %s%n%n", event.text());
    double worst = Math.max(added(Workload.WHOLE).nanos(), added(Workload.SHORT_STREAM).nanos());
    goal(out, "less than 20 us added to a call", worst < GOAL_NANOS);
    goal(out, "nothing allocated for an event", event.bytes() < GOAL_BYTES);
  }

  private static List<Cost> list(Map<Workload, List<Cost>> of, Workload workload) {
    return of.getOrDefault(workload, List.of());
  }

  private Laps added(Workload workload) {
    List<Cost> high = list(with, workload);
    List<Cost> low = list(without, workload);
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < high.size(); i++) {
      costs.add(high.get(i).minus(low.get(i)));
    }
    return new Laps(costs);
  }

  /** What is added to a long stream beyond a short one is added to its events. */
  private Laps perEvent() {
    List<Cost> longer = added(Workload.LONG_STREAM).costs();
    List<Cost> shorter = added(Workload.SHORT_STREAM).costs();
    int events = Workload.LONG_STREAM.deltas() - Workload.SHORT_STREAM.deltas();
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < longer.size(); i++) {
      costs.add(longer.get(i).minus(shorter.get(i)).over(events));
    }
    return new Laps(costs);
  }

  private static void goal(PrintStream out, String wanted, boolean met) {
    out.println((met ? "met     " : "MISSED  ") + wanted);
  }
}
