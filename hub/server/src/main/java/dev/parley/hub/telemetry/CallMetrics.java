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

  private record Tokens(Counter input, Counter output) {}

  private final MeterRegistry registry;
  private final Clock clock;
  private final ConcurrentHashMap<CallKey, Counter> calls = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Timer> callTimes = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<AttemptKey, Counter> attempts = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Target, Timer> firstBytes = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Target, Tokens> tokens = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Target, Target> shown = new ConcurrentHashMap<>();

  CallMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public void ended(CallRecord record, String outcome) {
    String call = record.call().kind();
    counter(new CallKey(call, outcome)).increment();
    long nanos = clock.nanoTime() - record.startNanos();
    callTime(call).record(nanos, TimeUnit.NANOSECONDS);
    for (AttemptRecord attempt : record.endedAttempts()) {
      ended(attempt);
    }
    Target target = record.target();
    TokenUsage usage = record.usage();
    if (target != null && usage != null) {
      Tokens counted = tokens(shown(target));
      add(counted.input, usage.prompt());
      add(counted.output, usage.completion());
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

  private Timer callTime(String call) {
    @Nullable Timer known = callTimes.get(call);
    return known != null
        ? known
        : callTimes.computeIfAbsent(
            call,
            wanted ->
                Timer.builder("parley.call")
                    .description("From the begin of a call to its end")
                    .tags("call", wanted)
                    .serviceLevelObjectives(CALL_BUCKETS)
                    .register(registry));
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

  private Tokens tokens(Target target) {
    @Nullable Tokens known = tokens.get(target);
    return known != null
        ? known
        : tokens.computeIfAbsent(
            target, wanted -> new Tokens(tokens(wanted, "input"), tokens(wanted, "output")));
  }

  private Counter tokens(Target target, String direction) {
    return Counter.builder("parley.tokens")
        .description("Tokens as backends counted them")
        .tags("backend", target.backend(), "model", target.model(), "direction", direction)
        .register(registry);
  }
}
