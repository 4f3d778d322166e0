package dev.parley.hub.app;

import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A collector of traces and metrics that reads OTLP over HTTP, on loopback. */
final class CollectorUnderTest implements AutoCloseable {

  private final BlockingQueue<ExportTraceServiceRequest> traces = new LinkedBlockingQueue<>();
  private final BlockingQueue<ExportMetricsServiceRequest> metrics = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
  private final Server server;

  CollectorUnderTest() {
    server =
        Server.builder()
            .http(0)
            .service("/v1/traces", (_, req) -> HttpResponse.of(taken(req, true)))
            .service("/v1/metrics", (_, req) -> HttpResponse.of(taken(req, false)))
            .build();
    server.start().join();
  }

  private CompletableFuture<HttpResponse> taken(HttpRequest req, boolean trace) {
    return req.aggregate()
        .thenApply(whole -> {
          keys.add(whole.headers().get("x-collector-key", ""));
          byte[] bytes = whole.content().array();
          try {
            if (trace) {
              traces.add(ExportTraceServiceRequest.parseFrom(bytes));
            } else {
              metrics.add(ExportMetricsServiceRequest.parseFrom(bytes));
            }
          } catch (InvalidProtocolBufferException e) {
            return HttpResponse.of(HttpStatus.BAD_REQUEST);
          }
          return HttpResponse.of(HttpStatus.OK);
        });
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.activeLocalPort();
  }

  /** As many spans, in the order in which they came. */
  List<Span> spans(int count) throws InterruptedException {
    List<Span> spans = new ArrayList<>();
    while (spans.size() < count) {
      ExportTraceServiceRequest next = traces.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("only " + spans.size() + " spans within 10 s");
      }
      next.getResourceSpansList()
          .forEach(
              of -> of.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
    }
    return spans;
  }

  boolean hasTraces() {
    return !traces.isEmpty();
  }

  ExportMetricsServiceRequest metrics() throws InterruptedException {
    ExportMetricsServiceRequest next = metrics.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no metrics within 20 s");
    }
    return next;
  }

  /** The secret header of every request so far. */
  List<String> keys() {
    return List.copyOf(keys);
  }

  @Override
  public void close() {
    // It takes two seconds to stop, in which nobody needs it any more.
    var _ = server.stop();
  }
}
