package dev.parley.hub.telemetry.otlp;

import dev.parley.hub.telemetry.AttemptRecord;
import dev.parley.hub.telemetry.CallRecord;
import dev.parley.hub.telemetry.RequestEnd;
import dev.parley.hub.telemetry.RequestVisit;
import dev.parley.hub.telemetry.TraceContext;
import dev.parley.hub.telemetry.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Sends what is noted of each request to a collector: a span for the call and one below it for each
 * attempt, and the metrics of calls. Whoever tells of a request never waits: what the queue has no
 * room for is dropped and counted. Spans are made and sent by threads of its own.
 */
public final class OtlpExport implements RequestEnd, AutoCloseable {

  private static final int QUEUE_MAX = 4_096;
  private static final int VALUE_CHARS_MAX = 256;
  private static final Duration SEND_MAX = Duration.ofSeconds(10);
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final long CLOSE_SECONDS_MAX = 2;
  private static final String SCOPE = "dev.parley.hub";

  /** The library tells of each failure with a stack trace; {@link ToldSpans} does in a line. */
  private static final java.util.logging.Logger LIBRARY =
      java.util.logging.Logger.getLogger("io.opentelemetry");

  private final ArrayBlockingQueue<RequestVisit> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final AtomicLong dropped = new AtomicLong();
  private final ChosenIds ids = new ChosenIds();
  private final GenAi words;
  private final ToldSpans told;
  private final SdkTracerProvider traces;
  private final SdkMeterProvider meters;
  private final Tracer tracer;
  private final CallFigures figures;
  private final Thread maker;
  private volatile boolean closing;

  /** How many spans were made; the maker's. */
  private long made;

  /**
   * Starts its threads; connects to nobody before there is something to send.
   *
   * @param version of the hub
   * @param servers what may be told of a backend, by its id
   */
  public OtlpExport(Collector collector, String version, Function<String, Server> servers) {
    LIBRARY.setLevel(java.util.logging.Level.OFF);
    this.words = new GenAi(servers);
    Resource resource =
        Resource.getDefault()
            .merge(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "parley",
                        AttributeKey.stringKey("service.version"),
                        version)));
    var spans =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(collector.endpoint() + "/v1/traces")
            .setTimeout(SEND_MAX)
            .setConnectTimeout(CONNECT_MAX);
    var figuresOut =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(collector.endpoint() + "/v1/metrics")
            .setTimeout(SEND_MAX)
            .setConnectTimeout(CONNECT_MAX);
    collector
        .headers()
        .forEach((name, value) -> {
          spans.addHeader(name, value);
          figuresOut.addHeader(name, value);
        });
    this.told = new ToldSpans(spans.build());
    this.traces =
        SdkTracerProvider.builder()
            .setResource(resource)
            .setIdGenerator(ids)
            // Whether a trace is wanted was decided when the request came.
            .setSampler(Sampler.alwaysOn())
            .setSpanLimits(SpanLimits.builder().setMaxAttributeValueLength(VALUE_CHARS_MAX).build())
            .addSpanProcessor(
                BatchSpanProcessor.builder(told)
                    .setMaxQueueSize(QUEUE_MAX)
                    .setScheduleDelay(collector.tracesEvery())
                    .setExporterTimeout(SEND_MAX)
                    .build())
            .build();
    this.meters =
        SdkMeterProvider.builder()
            .setResource(resource)
            .registerMetricReader(
                PeriodicMetricReader.builder(figuresOut.build())
                    .setInterval(collector.metricsEvery())
                    .build())
            .build();
    this.tracer = traces.get(SCOPE);
    this.figures = new CallFigures(meters.get(SCOPE), words);
    this.maker = Thread.ofPlatform().name("otlp-spans").daemon().start(this::make);
  }

  @Override
  public void over(RequestVisit visit) {
    RequestVisit.EndedCall call = visit.call().orElse(null);
    if (call == null) {
      return;
    }
    figures.note(call);
    boolean wanted = visit.place().filter(place -> place.own().sampled()).isPresent();
    if (wanted && !queue.offer(visit)) {
      dropped.incrementAndGet();
    }
  }

  /**
   * Requests whose spans were dropped, as more came than could be sent or the collector took none.
   */
  public long dropped() {
    return dropped.get() + told.lost();
  }

  private void make() {
    while (true) {
      try {
        RequestVisit visit = closing ? queue.poll() : queue.poll(100, TimeUnit.MILLISECONDS);
        if (visit != null) {
          make(visit);
        } else if (closing) {
          return;
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /** The library would drop what it has no room for, and not say so. */
  private void make(RequestVisit visit) {
    long needed =
        1 + visit.calls().stream().mapToLong(it -> it.record().endedAttempts().size()).sum();
    if (made - told.begun() + needed > QUEUE_MAX) {
      dropped.incrementAndGet();
    } else {
      spans(visit);
    }
  }

  private void spans(RequestVisit visit) {
    Tracing.Place place = visit.place().orElseThrow();
    RequestVisit.EndedCall main = visit.call().orElseThrow();
    CallRecord record = main.record();
    TraceContext own = place.own();
    Context parent = place.parent().map(OtlpExport::within).orElse(Context.root());
    ids.next(own.traceId(), own.spanId());
    // Where nobody served, the name is the caller's own: names of spans are to be few.
    String model = record.target() == null ? "" : record.call().model();
    Span span =
        begun(
            tracer
                .spanBuilder(GenAi.name(record.call().kind(), model))
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER),
            visit,
            visit.startNanos());
    span.setAllAttributes(words.ofCall(record, main.outcome(), visit.facts().orElse(null)));
    ended(span, main.outcome(), visit, visit.endNanos());
    Context within = Context.root().with(span);
    for (RequestVisit.EndedCall call : visit.calls()) {
      call.record().endedAttempts().forEach(it -> attempt(call.record(), it, visit, within));
    }
  }

  private void attempt(
      CallRecord record, AttemptRecord attempt, RequestVisit visit, Context within) {
    if (attempt.span().isEmpty()) {
      return;
    }
    ids.next(visit.place().orElseThrow().own().traceId(), attempt.span());
    Span span =
        begun(
            tracer
                .spanBuilder(GenAi.name(record.call().kind(), attempt.target().model()))
                .setParent(within)
                .setSpanKind(SpanKind.CLIENT),
            visit,
            attempt.sentNanos());
    span.setAllAttributes(words.ofAttempt(record, attempt));
    ended(span, attempt.outcome(), visit, attempt.endNanos());
  }

  private static Context within(TraceContext caller) {
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    caller.traceId(),
                    caller.spanId(),
                    TraceFlags.getSampled(),
                    TraceState.getDefault())));
  }

  private static Span begun(SpanBuilder builder, RequestVisit visit, long nanos) {
    return builder.setStartTimestamp(epochNanos(visit, nanos), TimeUnit.NANOSECONDS).startSpan();
  }

  private void ended(Span span, String outcome, RequestVisit visit, long nanos) {
    made++;
    if (GenAi.isError(outcome)) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end(epochNanos(visit, nanos), TimeUnit.NANOSECONDS);
  }

  private static long epochNanos(RequestVisit visit, long nanos) {
    return visit.startMillis() * 1_000_000 + (nanos - visit.startNanos());
  }

  /** Sends what is left, for at most some seconds. */
  @Override
  public void close() {
    closing = true;
    try {
      maker.join(Duration.ofSeconds(CLOSE_SECONDS_MAX));
      // On a thread of its own: the library's end waits ten seconds for a collector that is away.
      Thread.ofVirtual()
          .name("otlp-end")
          .start(this::end)
          .join(Duration.ofSeconds(CLOSE_SECONDS_MAX));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    CompletableResultCode.ofAll(List.of(traces.shutdown(), meters.shutdown()))
        .join(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
  }
}
