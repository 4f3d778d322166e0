package dev.parley.hub.telemetry;

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
  private final Clock clock;

  SoundLog(CallLog log, MeterRegistry meters, Clock clock) {
    this.log = log;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * A call begins.
   *
   * @param call what is done, a word of a fixed set such as {@code convert}
   */
  public SoundCall begin(String requestId, String call) {
    return new SoundCall(this, requestId, call, clock.nanoTime());
  }

  void ended(SoundCall call, String outcome) {
    long nanos = clock.nanoTime() - call.startNanos();
    log.sound(call, outcome, nanos / 1_000_000);
    Timer.builder("parley.sound.calls")
        .description("Calls on sound that the hub worked on itself")
        .tag("call", call.call())
        .tag("model", call.model())
        .tag("outcome", outcome)
        .register(meters)
        .record(nanos, TimeUnit.NANOSECONDS);
  }
}
