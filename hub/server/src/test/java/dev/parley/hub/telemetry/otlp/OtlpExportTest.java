package dev.parley.hub.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import dev.parley.hub.telemetry.RequestFacts;
import dev.parley.hub.telemetry.RequestVisit;
import dev.parley.hub.telemetry.Tracing;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OtlpExportTest {

  private static final int MANY = 20_000;

  private final Tracing tracing = new Tracing(new Random(1), 1);
  private final Queue<Span> taken = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<HttpStatus> answer = new CompletableFuture<>();

  @SuppressWarnings("NullAway.Init") // set before each test
  private Server collector;

  @SuppressWarnings("NullAway.Init") // set before each test
  private OtlpExport export;

  @BeforeEach
  void start() {
    collector =
        Server.builder()
            .http(0)
            .requestTimeoutMillis(0)
            .service(
                "/v1/traces",
                (_, req) -> HttpResponse.of(req.aggregate().thenCombine(answer, this::answered)))
            .build();
    collector.start().join();
    export =
        new OtlpExport(
            new Collector(
                "http://127.0.0.1:" + collector.activeLocalPort(),
                Map.of(),
                Duration.ofMillis(10),
                Duration.ofHours(1)),
            "1",
            _ -> new dev.parley.hub.telemetry.otlp.Server("openai", "", 0));
  }

  private HttpResponse answered(AggregatedHttpRequest request, HttpStatus status) {
    try {
      if (status.isSuccess()) {
        ExportTraceServiceRequest.parseFrom(request.content().array())
            .getResourceSpansList()
            .forEach(of -> of.getScopeSpansList().forEach(it -> taken.addAll(it.getSpansList())));
      }
      return HttpResponse.of(status);
    } catch (InvalidProtocolBufferException e) {
      return HttpResponse.of(HttpStatus.BAD_REQUEST);
    }
  }

  @AfterEach
  void stop() {
    answer.complete(HttpStatus.OK);
    export.close();
    collector.stop().join();
  }

  private CallRecord record(String model) {
    return new CallRecord(new CallFacts("r", "chat", model, false, Caller.ANYONE), 1);
  }

  private void ends(CallRecord record, String outcome) {
    RequestVisit visit = new RequestVisit("r", 1, 1, tracing, tracing.of(null), export);
    visit.began();
    visit.over(record, outcome);
    visit.answered(new RequestFacts("/x", "POST", 200, "http1", 1, 1, "", "", "", ""), 2);
  }

  private void manyEnd() {
    for (int i = 0; i < MANY; i++) {
      ends(record("m"), "not_found");
    }
  }

  private static void await(BooleanSupplier reached) {
    while (!reached.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static @Nullable String attribute(Span span, String name) {
    return span.getAttributesList().stream()
        .filter(it -> it.getKey().equals(name))
        .map(KeyValue::getValue)
        .map(it -> it.hasIntValue() ? Long.toString(it.getIntValue()) : it.getStringValue())
        .findFirst()
        .orElse(null);
  }

  @Test
  void whatASlowCollectorHasNoTimeForIsDroppedAndCounted() {
    manyEnd();
    // What waits is bounded, whatever the collector does.
    await(() -> export.dropped() > MANY - 3 * 4_096);
    answer.complete(HttpStatus.OK);
    await(() -> taken.size() + export.dropped() >= MANY);
    assertThat(taken.size() + export.dropped()).isEqualTo(MANY);
  }

  @Test
  void whatACollectorRefusesIsCounted() {
    answer.complete(HttpStatus.BAD_REQUEST);
    manyEnd();
    await(() -> export.dropped() >= MANY);
    assertThat(export.dropped()).isEqualTo(MANY);
  }

  @Test
  void spansAreNamedAfterModelsThatServedAndNeverAsACallerLikes() {
    answer.complete(HttpStatus.OK);
    CallRecord served = record("m");
    served.attempt(new Target("b", "m1"), 1);
    ends(served, "ok");
    ends(record("made up by a caller"), "not_found");
    await(() -> taken.size() == 2);
    assertThat(taken).extracting(Span::getName).containsExactly("chat m", "chat");
  }

  @Test
  void tokensThatWereCachedOrThoughtAreTold() {
    answer.complete(HttpStatus.OK);
    CallRecord record = record("m");
    record.usage(new TokenUsage(10, 7, 17, 6, 5, -1, -1));
    ends(record, "ok");
    await(() -> taken.size() == 1);
    Span span = taken.element();
    assertThat(attribute(span, "gen_ai.usage.input_tokens")).isEqualTo("10");
    assertThat(attribute(span, "gen_ai.usage.output_tokens")).isEqualTo("7");
    assertThat(attribute(span, "gen_ai.usage.cache_read.input_tokens")).isEqualTo("6");
    assertThat(attribute(span, "gen_ai.usage.reasoning.output_tokens")).isEqualTo("5");
  }
}
