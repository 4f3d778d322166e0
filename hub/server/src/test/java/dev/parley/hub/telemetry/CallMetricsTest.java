package dev.parley.hub.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.Caller;
import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import dev.parley.hub.fake.FakeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallMetricsTest {

  private final FakeLoop clock = new FakeLoop();
  private final List<BackendGauge> backends = new ArrayList<>();
  private final List<TargetGauge> targets = new ArrayList<>();
  private final Metrics metrics = new Metrics(() -> backends, () -> targets, List::of, clock);

  private CallRecord begin() {
    return new CallRecord(new CallFacts("r", "chat", "m", true, Caller.ANYONE), clock.nanoTime());
  }

  private List<String> samples() {
    return metrics.scrape().lines().filter(line -> !line.startsWith("#")).toList();
  }

  @Test
  void countsACallItsAttemptsAndItsTokens() {
    CallRecord record = begin();
    Target first = new Target("a", "m1");
    Target second = new Target("b", "m2");
    record.ended(new AttemptRecord(first, "first", "timeout_first_byte", 3, -1, 300));
    record.ended(new AttemptRecord(second, "retry", "ok", 0, 400, 900));
    record.attempt(second, clock.nanoTime());
    record.usage(new TokenUsage(10, 20, 30, -1, -1, -1, -1));
    clock.advance(Duration.ofMillis(1_200));
    metrics.calls().ended(record, "ok");
    assertThat(samples())
        .contains(
            "parley_calls_total{call=\"chat\",outcome=\"ok\"} 1.0",
            "parley_call_seconds_bucket{call=\"chat\",le=\"0.5\"} 0",
            "parley_call_seconds_bucket{call=\"chat\",le=\"2.0\"} 1",
            "parley_call_seconds_sum{call=\"chat\"} 1.2",
            "parley_attempts_total{backend=\"a\",model=\"m1\",outcome=\"timeout_first_byte\","
                + "reason=\"first\"} 1.0",
            "parley_attempts_total{backend=\"b\",model=\"m2\",outcome=\"ok\",reason=\"retry\"} 1.0",
            "parley_attempt_first_byte_seconds_count{backend=\"b\",model=\"m2\"} 1",
            "parley_tokens_total{backend=\"b\",direction=\"input\",model=\"m2\"} 10.0",
            "parley_tokens_total{backend=\"b\",direction=\"output\",model=\"m2\"} 20.0")
        .noneMatch(
            line -> line.startsWith("parley_attempt_first_byte_seconds_count{backend=\"a\""));
  }

  @Test
  void showsWhatTheHubAddsAndNotWhatTheBackendTakes() {
    CallRecord record = begin();
    Target target = new Target("a", "m1");
    clock.advance(Duration.ofNanos(300_000));
    long sent = clock.nanoTime();
    record.attempt(target, sent);
    clock.advance(Duration.ofMillis(200));
    long output = clock.nanoTime();
    clock.advance(Duration.ofNanos(100_000));
    record.firstByte(clock.nanoTime());
    clock.advance(Duration.ofMillis(700));
    record.ended(
        new AttemptRecord(target, "first", "ok", 0, 200, 800, sent, output, clock.nanoTime(), ""));
    clock.advance(Duration.ofNanos(50_000));
    metrics.calls().ended(record, "ok");
    assertThat(samples())
        .contains(
            "parley_overhead_seconds_count{call=\"chat\"} 1",
            "parley_overhead_seconds_sum{call=\"chat\"} 3.5E-4",
            "parley_overhead_seconds_bucket{call=\"chat\",le=\"2.0E-4\"} 0",
            "parley_overhead_seconds_bucket{call=\"chat\",le=\"3.5E-4\"} 1",
            "parley_overhead_first_byte_seconds_sum{call=\"chat\"} 4.0E-4",
            "parley_first_byte_seconds_sum{call=\"chat\"} 0.2004");
  }

  @Test
  void overheadHoldsTheTimeAtTheGateButNotThatOfTheBody() {
    RequestVisit visit =
        new RequestVisit("req", clock.nanoTime(), clock.epochMillis(), null, null, _ -> {});
    clock.advance(Duration.ofMillis(3));
    visit.admitted(clock.nanoTime());
    clock.advance(Duration.ofSeconds(5)); // the caller's body
    CallRecord record =
        new CallRecord(
            new CallFacts("req", "chat", "m", true, Caller.ANYONE.withVisit(visit)),
            clock.nanoTime());
    clock.advance(Duration.ofMillis(1));
    long sent = clock.nanoTime();
    Target target = new Target("a", "m");
    record.attempt(target, sent);
    clock.advance(Duration.ofMillis(200));
    record.firstByte(clock.nanoTime());
    record.ended(
        new AttemptRecord(
            target, "first", "ok", 0, 200, 200, sent, clock.nanoTime(), clock.nanoTime(), ""));
    record.end(clock.nanoTime());
    assertThat(record.overheadNanos()).isEqualTo(4_000_000);
    assertThat(record.overheadFirstNanos()).isEqualTo(4_000_000);
  }

  @Test
  void countsTheTimeOfSeveralAttemptsAtOnceOnce() {
    CallRecord record = begin();
    Target slow = new Target("a", "m1");
    Target quick = new Target("b", "m1");
    long first = clock.nanoTime();
    record.attempt(slow, first);
    clock.advance(Duration.ofMillis(10));
    long second = clock.nanoTime();
    record.attempt(quick, second);
    clock.advance(Duration.ofMillis(10));
    long end = clock.nanoTime();
    record.ended(new AttemptRecord(slow, "first", "given_up", 0, -1, 20, first, 0, end, ""));
    record.ended(new AttemptRecord(quick, "hedge", "ok", 0, 9, 10, second, end, end, ""));
    clock.advance(Duration.ofMillis(1));
    metrics.calls().ended(record, "ok");
    assertThat(record.overheadNanos()).isEqualTo(1_000_000);
  }

  @Test
  void countsWhatCallsUsedAndCost() {
    CallRecord record = begin();
    record.attempt(new Target("a", "m"), clock.nanoTime());
    record.usage(new TokenUsage(10, 20, 30, 4, 5, -1, -1));
    record.audioMillis(2_500);
    record.characters(42);
    record.costMicros(1_500_000);
    metrics.calls().ended(record, "ok");
    assertThat(samples())
        .contains(
            "parley_tokens_cached_total{backend=\"a\",model=\"m\"} 4.0",
            "parley_tokens_reasoning_total{backend=\"a\",model=\"m\"} 5.0",
            "parley_audio_seconds_total{backend=\"a\",model=\"m\"} 2.5",
            "parley_characters_total{backend=\"a\",model=\"m\"} 42.0",
            "parley_cost_total{backend=\"a\",model=\"m\"} 1.5");
  }

  @Test
  void looksAtBackendsAndBreakersWhenItIsScraped() {
    backends.add(new BackendGauge("a", 2, 1, true));
    targets.add(new TargetGauge(new Target("a", "m"), "closed"));
    assertThat(samples())
        .contains(
            "parley_backend_running{backend=\"a\"} 2.0",
            "parley_backend_queued{backend=\"a\"} 1.0",
            "parley_backend_up{backend=\"a\"} 1.0",
            "parley_target_breaker{backend=\"a\",model=\"m\",state=\"closed\"} 1.0");
    backends.set(0, new BackendGauge("b", 0, 0, false));
    targets.set(0, new TargetGauge(new Target("a", "m"), "open"));
    assertThat(samples())
        .contains(
            "parley_backend_up{backend=\"b\"} 0.0",
            "parley_target_breaker{backend=\"a\",model=\"m\",state=\"open\"} 1.0")
        .noneMatch(line -> line.contains("backend=\"a\",} ") || line.contains("closed"))
        .noneMatch(line -> line.startsWith("parley_backend_up{backend=\"a\""));
  }

  @Test
  void namesBoundedlyManyModels() {
    for (int i = 0; i < CallMetrics.TARGETS_MAX + 50; i++) {
      CallRecord record = begin();
      record.ended(new AttemptRecord(new Target("a", "m" + i), "first", "ok", 0, 1, 1));
      metrics.calls().ended(record, "ok");
    }
    assertThat(samples())
        .contains(
            "parley_attempts_total{backend=\"a\",model=\"other\",outcome=\"ok\","
                + "reason=\"first\"} 50.0")
        .filteredOn(line -> line.startsWith("parley_attempts_total"))
        .hasSize(CallMetrics.TARGETS_MAX + 1);
  }
}
