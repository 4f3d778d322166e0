package dev.parley.hub.telemetry.otlp;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans, counts them, and tells in one line when the collector goes away and when it is back.
 */
final class ToldSpans implements SpanExporter {

  private static final Logger log = LoggerFactory.getLogger(OtlpExport.class);

  private final SpanExporter exporter;
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();

  ToldSpans(SpanExporter exporter) {
    this.exporter = exporter;
  }

  /** How many spans were sent, or were to be: nobody keeps them any more. */
  long begun() {
    return begun.get();
  }

  /** Of how many requests the collector took no span. */
  long lost() {
    return lost.get();
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    begun.addAndGet(spans.size());
    // The spans of attempts are of kind client; each request has one of its own.
    long requests = spans.stream().filter(span -> span.getKind() == SpanKind.SERVER).count();
    CompletableResultCode sent = exporter.export(spans);
    return sent.whenComplete(() -> {
      if (!sent.isSuccess()) {
        lost.addAndGet(requests);
      }
      if (!sent.isSuccess() && !away.getAndSet(true)) {
        log.warn("the collector of traces takes none; spans are lost until it does");
      } else if (sent.isSuccess() && away.getAndSet(false)) {
        log.info("the collector of traces takes them again");
      }
    });
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
