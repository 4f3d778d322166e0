package dev.parley.hub.telemetry;

import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import dev.parley.core.time.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times calls and attempts. Labels are words of the hub and names of its configuration,
 * never what a caller said; backends that list many models get {@code other} for the later ones.
 * Thread-safe; a call costs well under two microseconds, as its meters are looked up, not built.
 */
public final class CallMetrics implements CallEnd {

  /** More series than this would cost whoever scrapes more than they tell. */
  static final int TARGETS_MAX = 500;

  private static final String OTHER = "other";

  private static final Duration[] CALL_BUCKETS = {
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60),
    Duration.ofSeconds(300)
  };
  private static final Duration[] FIRST_BYTE_BUCKETS = {
    Duration.ofMillis(50),
    Duration.ofMillis(200),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60)
  };

  private record CallKey(String call, String outcome) {}

  private record AttemptKey(Target target, String reason, String outcome) {}

  /** What the hub itself adds is small, so these are close where it is usual. */
  static final Duration[] OVERHEAD_BUCKETS = {
    Duration.ofNanos(50_000),
    Duration.ofNanos(100_000),
    Duration.ofNanos(200_000),
    Duration.ofNanos(350_000),
    Duration.ofNanos(500_000),
    Duration.ofNanos(750_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofSeconds(1)
  };

  private record Used(
      Counter input,
      Counter output,
      Counter cached,
      Counter reasoning,
      Counter audioSeconds,
      Counter characters,
      Counter cost) {}

  /** The times of one kind of call. */
  private record Times(Timer whole, Timer firstByte, Timer overhead, Timer overheadFirst) {}

  private final MeterRegistry registry;
  private final Clock clock;
  private final ConcurrentHashMap<CallKey, Counter> calls = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Times> times = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<AttemptKey, Counter> attempts = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Target, Timer> firstBytes = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Target, Used> used = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Target, Target> shown = new ConcurrentHashMap<>();

  CallMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public void ended(CallRecord record, String outcome) {
    String call = record.call().kind();
    counter(new CallKey(call, outcome)).increment();
    long nanos = record.end(clock.nanoTime()) - record.startNanos();
    times(call).whole.record(nanos, TimeUnit.NANOSECONDS);
    first(record, times(call));
    // Whoever leaves in the middle, or is refused, says nothing of what a call costs.
    if (outcome.equals("ok") && record.attempts() > 0) {
      times(call).overhead.record(record.overheadNanos(), TimeUnit.NANOSECONDS);
    }
    for (AttemptRecord attempt : record.endedAttempts()) {
      ended(attempt);
    }
    Target target = record.target();
    if (target != null) {
      used(used(shown(target)), record);
    }
  }

  private static void first(CallRecord record, Times times) {
    if (record.firstByteNanos() >= 0) {
      times.firstByte.record(record.firstByteNanos(), TimeUnit.NANOSECONDS);
    }
    if (record.call().stream() && record.overheadFirstNanos() >= 0) {
      times.overheadFirst.record(record.overheadFirstNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private static void used(Used counters, CallRecord record) {
    TokenUsage usage = record.usage();
    if (usage != null) {
      add(counters.input, usage.prompt());
      add(counters.output, usage.completion());
      add(counters.cached, usage.cached());
      add(counters.reasoning, usage.reasoning());
    }
    if (record.audioMillis() > 0) {
      counters.audioSeconds.increment(record.audioMillis() / 1_000.0);
    }
    add(counters.characters, record.characters());
    if (record.costMicros() > 0) {
      counters.cost.increment(record.costMicros() / 1_000_000.0);
    }
  }

  private void ended(AttemptRecord attempt) {
    Target target = shown(attempt.target());
    counter(new AttemptKey(target, attempt.reason(), attempt.outcome())).increment();
    if (attempt.firstByteMillis() >= 0) {
      firstByte(target).record(attempt.firstByteMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static void add(Counter counter, long count) {
    if (count > 0) {
      counter.increment((double) count);
    }
  }

  /** The target itself, or its backend with {@code other} once there are too many. */
  private Target shown(Target target) {
    Target known = shown.get(target);
    if (known != null) {
      return known;
    }
    if (shown.size() >= TARGETS_MAX) {
      return new Target(target.backend(), OTHER);
    }
    shown.put(target, target);
    return target;
  }

  private Counter counter(CallKey key) {
    @Nullable Counter known = calls.get(key);
    return known != null
        ? known
        : calls.computeIfAbsent(
            key,
            wanted ->
                Counter.builder("parley.calls")
                    .description("Calls that ended")
                    .tags("call", wanted.call, "outcome", wanted.outcome)
                    .register(registry));
  }

  private Times times(String call) {
    @Nullable Times known = times.get(call);
    return known != null
        ? known
        : times.computeIfAbsent(
            call,
            wanted ->
                new Times(
                    timer("call", "From the begin of a call to its end", wanted, CALL_BUCKETS),
                    timer(
                        "first.byte",
                        "From the begin of a call to its first output",
                        wanted,
                        FIRST_BYTE_BUCKETS),
                    timer(
                        "overhead",
                        "What the hub adds: a call's time in which no backend has it",
                        wanted,
                        OVERHEAD_BUCKETS),
                    timer(
                        "overhead.first.byte",
                        "What the hub adds before the first output of a stream",
                        wanted,
                        OVERHEAD_BUCKETS)));
  }

  private Timer timer(String name, String description, String call, Duration[] buckets) {
    return Timer.builder("parley." + name)
        .description(description)
        .tags("call", call)
        .serviceLevelObjectives(buckets)
        .register(registry);
  }

  private Counter counter(AttemptKey key) {
    @Nullable Counter known = attempts.get(key);
    return known != null
        ? known
        : attempts.computeIfAbsent(
            key,
            wanted ->
                Counter.builder("parley.attempts")
                    .description("Attempts on a backend that ended")
                    .tags("backend", wanted.target.backend(), "model", wanted.target.model())
                    .tags("reason", wanted.reason, "outcome", wanted.outcome)
                    .register(registry));
  }

  private Timer firstByte(Target target) {
    @Nullable Timer known = firstBytes.get(target);
    return known != null
        ? known
        : firstBytes.computeIfAbsent(
            target,
            wanted ->
                Timer.builder("parley.attempt.first.byte")
                    .description("From sending an attempt to its first output")
                    .tags("backend", wanted.backend(), "model", wanted.model())
                    .serviceLevelObjectives(FIRST_BYTE_BUCKETS)
                    .register(registry));
  }

  private Used used(Target target) {
    @Nullable Used known = used.get(target);
    return known != null
        ? known
        : used.computeIfAbsent(
            target,
            wanted ->
                new Used(
                    tokens(wanted, "input"),
                    tokens(wanted, "output"),
                    counter("tokens.cached", "Input tokens that came of a cache", wanted),
                    counter("tokens.reasoning", "Output tokens that only were thought", wanted),
                    counter("audio.seconds", "Seconds of sound, spoken or heard", wanted),
                    counter("characters", "Characters that were to be spoken", wanted),
                    counter("cost", "Cost by the price table, in units of its currency", wanted)));
  }

  private Counter counter(String name, String description, Target target) {
    return Counter.builder("parley." + name)
        .description(description)
        .tags("backend", target.backend(), "model", target.model())
        .register(registry);
  }

  private Counter tokens(Target target, String direction) {
    return Counter.builder("parley.tokens")
        .description("Tokens as backends counted them")
        .tags("backend", target.backend(), "model", target.model(), "direction", direction)
        .register(registry);
  }
}
