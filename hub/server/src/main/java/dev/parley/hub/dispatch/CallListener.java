package dev.parley.hub.dispatch;

import dev.parley.core.model.Target;
import dev.parley.hub.resilience.AttemptListener;
import dev.parley.hub.resilience.AttemptReport;
import dev.parley.hub.telemetry.AttemptRecord;
import dev.parley.hub.telemetry.CallRecord;
import java.util.Locale;

/** Notes the attempts of one call in its record. */
public final class CallListener implements AttemptListener {

  private final CallRecord record;

  public CallListener(CallRecord record) {
    this.record = record;
  }

  @Override
  public void sent(Target target, long nowNanos) {
    record.attempt(target, nowNanos);
  }

  @Override
  public void committed(Target target, long nowNanos) {
    record.serving(target);
  }

  @Override
  public void ended(AttemptReport report) {
    record.ended(
        new AttemptRecord(
            report.target(),
            report.reason().name().toLowerCase(Locale.ROOT),
            outcome(report),
            millis(report.startNanos(), report.sentNanos()),
            millis(report.sentNanos(), report.outputNanos()),
            (report.endNanos() - report.startNanos()) / 1_000_000,
            report.sentNanos(),
            report.outputNanos(),
            report.endNanos(),
            record.span(report.target(), report.sentNanos())));
  }

  private static String outcome(AttemptReport report) {
    return switch (report.end()) {
      case ANSWERED -> Outcomes.OK;
      case GIVEN_UP -> "given_up";
      case FAILED -> {
        Throwable failure = report.failure();
        yield failure == null ? "failed" : Outcomes.of(failure);
      }
    };
  }

  private static long millis(long fromNanos, long toNanos) {
    return fromNanos == 0 || toNanos == 0 ? -1 : (toNanos - fromNanos) / 1_000_000;
  }
}
