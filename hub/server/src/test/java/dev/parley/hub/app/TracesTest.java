package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.json.JsonValue;
import dev.parley.testkit.backend.Behaviour;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a collector of traces and metrics gets. */
@Timeout(90)
class TracesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLERS = "00-" + TRACE + "-b7ad6b7169203331-01";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path data;

  private static String to(String endpoint, String more) {
    return "telemetry: { otlp: { endpoint: \"" + endpoint + "\"" + more + " } }";
  }

  private static String hex(com.google.protobuf.ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static Map<String, String> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(Collectors.toMap(KeyValue::getKey, it -> text(it.getValue())));
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      default -> value.toString();
    };
  }

  private static Span of(List<Span> spans, Span.SpanKind kind) {
    return spans.stream().filter(it -> it.getKind() == kind).findFirst().orElseThrow();
  }

  @Test
  void aCallIsASpanBelowTheCallersAndItsAttemptOneBelowThat() throws Exception {
    try (CollectorUnderTest collector = new CollectorUnderTest();
        ObservedHub hub =
            new ObservedHub(
                data, to(collector.endpoint(), ", headers: { x-collector-key: s3cret }"))) {
      hub.send(
          hub.chat("gpt-4o-mini", "")
              .header("traceparent", CALLERS)
              .header("x-request-id", "callers-own-id"));
      JsonValue line = hub.line();
      List<Span> spans = collector.spans(2);
      Span call = of(spans, Span.SpanKind.SPAN_KIND_SERVER);
      Span attempt = of(spans, Span.SpanKind.SPAN_KIND_CLIENT);
      assertThat(call.getName()).isEqualTo("chat gpt-4o-mini");
      assertThat(hex(call.getTraceId())).isEqualTo(TRACE);
      assertThat(hex(call.getParentSpanId())).isEqualTo("b7ad6b7169203331");
      assertThat(hex(attempt.getTraceId())).isEqualTo(TRACE);
      assertThat(attempt.getParentSpanId()).isEqualTo(call.getSpanId());
      assertThat(Objects.requireNonNull(line.get("trace_id")).asString()).isEqualTo(TRACE);
      assertThat(Objects.requireNonNull(line.get("span_id")).asString())
          .isEqualTo(hex(call.getSpanId()));
      assertThat(attributes(call))
          .containsEntry("gen_ai.operation.name", "chat")
          .containsEntry("gen_ai.provider.name", "openai")
          .containsEntry("gen_ai.request.model", "gpt-4o-mini")
          .containsEntry("gen_ai.response.model", "gpt-4o-mini")
          .containsEntry("gen_ai.usage.input_tokens", "3")
          .containsEntry("gen_ai.usage.output_tokens", "5")
          .containsEntry("parley.backend", "openai")
          .containsEntry("parley.attempts", "1")
          .containsEntry("parley.outcome", "ok")
          .containsEntry("http.response.status_code", "200")
          .doesNotContainKey("error.type");
      assertThat(attributes(attempt))
          .containsEntry("server.address", "127.0.0.1")
          .containsEntry("server.port", Integer.toString(hub.backend().port()));
      assertThat(call.getStartTimeUnixNano()).isLessThanOrEqualTo(attempt.getStartTimeUnixNano());
      assertThat(call.getEndTimeUnixNano()).isGreaterThanOrEqualTo(attempt.getEndTimeUnixNano());
      String sent =
          hub.backend()
              .awaitRequest(ObservedHub.CHAT, Duration.ofSeconds(10))
              .header("traceparent")
              .orElse("");
      assertThat(sent).isEqualTo("00-" + TRACE + "-" + hex(attempt.getSpanId()) + "-01");
      assertThat(spans.toString()).doesNotContain("secret", "s3cret", "callers-own-id");
      assertThat(collector.keys()).isNotEmpty().allMatch("s3cret"::equals);
    }
  }

  @Test
  void everyAttemptHasItsSpanAndFailuresTellTheirKind() throws Exception {
    try (CollectorUnderTest collector = new CollectorUnderTest();
        ObservedHub hub = new ObservedHub(data, to(collector.endpoint(), ""))) {
      hub.backend().enqueue(Behaviour.status(500, "{}"));
      hub.send(hub.chat("gpt-4o-mini", ""));
      List<Span> spans = collector.spans(3);
      Span call = of(spans, Span.SpanKind.SPAN_KIND_SERVER);
      assertThat(attributes(call)).containsEntry("parley.attempts", "2");
      List<Span> attempts =
          spans.stream().filter(it -> it.getKind() == Span.SpanKind.SPAN_KIND_CLIENT).toList();
      assertThat(attempts)
          .hasSize(2)
          .allMatch(it -> it.getParentSpanId().equals(call.getSpanId()))
          .extracting(Span::getSpanId)
          .doesNotHaveDuplicates();
      assertThat(attributes(attempts.getFirst())).containsKey("error.type");
      assertThat(attributes(attempts.getLast()))
          .containsEntry("parley.reason", "retry")
          .doesNotContainKey("error.type");
    }
  }

  @Test
  void whatTheCallerDoesNotWantToSeeIsNotSentButTravelsOn() throws Exception {
    try (CollectorUnderTest collector = new CollectorUnderTest();
        ObservedHub hub = new ObservedHub(data, to(collector.endpoint(), ""))) {
      String unsampled = CALLERS.substring(0, CALLERS.length() - 1) + "0";
      hub.send(hub.chat("gpt-4o-mini", "").header("traceparent", unsampled));
      hub.line();
      // The next one is sent, and nothing before it.
      hub.send(hub.chat("gpt-4o-mini", "").header("traceparent", CALLERS));
      assertThat(collector.spans(2)).hasSize(2);
      assertThat(collector.hasTraces()).isFalse();
      assertThat(
              hub.backend().requests(ObservedHub.CHAT).getFirst().header("traceparent").orElse(""))
          .startsWith("00-" + TRACE)
          .endsWith("-00");
    }
  }

  @Test
  void metricsOfCallsCarryNamesOfTheConfigurationOnly() throws Exception {
    CollectorUnderTest collector = new CollectorUnderTest();
    try (collector) {
      try (ObservedHub hub = new ObservedHub(data, to(collector.endpoint(), ""))) {
        hub.send(hub.chat("gpt-4o-mini", ""));
        hub.send(hub.chat("made-up-by-a-caller", ""));
        hub.line();
        hub.line();
      }
      // A hub that ends sends what it has.
      var all = collector.metrics();
      List<Metric> metrics =
          all.getResourceMetricsList().stream()
              .flatMap(it -> it.getScopeMetricsList().stream())
              .flatMap(it -> it.getMetricsList().stream())
              .toList();
      assertThat(metrics)
          .extracting(Metric::getName)
          .contains("gen_ai.client.operation.duration", "gen_ai.client.token.usage");
      assertThat(all.toString()).contains("gpt-4o-mini").doesNotContain("made-up", "secret");
    }
  }

  @Test
  void aCollectorThatIsAwayHurtsNobody() throws Exception {
    try (ObservedHub hub = new ObservedHub(data, to("http://127.0.0.1:1", ""))) {
      for (int i = 0; i < 20; i++) {
        assertThat(hub.send(hub.chat("gpt-4o-mini", "")).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void withoutACollectorTheCallersTraceTravelsOnAsItIs() throws Exception {
    try (ObservedHub hub = new ObservedHub(data, "")) {
      hub.send(hub.chat("gpt-4o-mini", "").header("traceparent", CALLERS));
      assertThat(
              hub.backend().requests(ObservedHub.CHAT).getFirst().header("traceparent").orElse(""))
          .isEqualTo(CALLERS);
      assertThat(hub.line().get("trace_id")).isNull();
    }
  }
}
