package dev.parley.hub.telemetry;

import dev.parley.core.model.Caller;
import dev.parley.core.time.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * Writes a line into the call log for each call on sound that the hub worked on itself, and counts
 * it. Never what was heard. Thread-safe.
 */
public final class SoundLog {

  private final CallLog log;
  private final MeterRegistry meters;
  private final SoundEnd next;
  private final Clock clock;

  SoundLog(CallLog log, MeterRegistry meters, SoundEnd next, Clock clock) {
    this.log = log;
    this.meters = meters;
    this.next = next;
    this.clock = clock;
  }

  /**
   * A call begins.
   *
   * @param call what is done, a word of a fixed set such as {@code convert}
   * @param caller who calls
   */
  public SoundCall begin(String requestId, String call, Caller caller) {
    return new SoundCall(this, requestId, call, caller, clock.nanoTime());
  }

  void ended(SoundCall call, String outcome) {
    long nanos = clock.nanoTime() - call.startNanos();
    RequestVisit visit = call.visit();
    if (visit == null) {
      log.sound(call, outcome, nanos / 1_000_000);
    }
    next.ended(call, outcome, nanos / 1_000_000);
    Timer.builder("parley.sound.calls")
        .description("Calls on sound that the hub worked on itself")
        .tag("call", call.call())
        .tag("model", call.model())
        .tag("outcome", outcome)
        .register(meters)
        .record(nanos, TimeUnit.NANOSECONDS);
    if (visit != null) {
      visit.over(call, outcome, nanos / 1_000_000);
    }
  }
}
