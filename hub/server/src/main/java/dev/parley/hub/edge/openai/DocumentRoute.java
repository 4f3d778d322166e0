package dev.parley.hub.edge.openai;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import dev.parley.core.time.Clock;
import dev.parley.hub.dispatch.Dispatched;
import dev.parley.hub.dispatch.Dispatcher;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.Answer;
import dev.parley.hub.edge.http.CallerHeaders;
import dev.parley.hub.edge.http.CallerPatience;
import dev.parley.hub.edge.http.ForwardedHeaders;
import dev.parley.hub.edge.http.MemoryBudget;
import dev.parley.hub.edge.http.RequestBody;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.routing.Plan;
import dev.parley.hub.telemetry.CallLog;
import dev.parley.hub.telemetry.CallRecord;
import io.netty.util.AsciiString;
import java.time.Duration;

/** One of the routes whose request is a document: chat completions, completions, embeddings. */
public final class DocumentRoute implements HttpService {

  /**
   * What all document routes share.
   *
   * @param bodyBytesMax largest request body
   * @param limits largest structure of a document
   * @param heartbeat silence on a stream after which a comment is sent
   */
  public record Settings(
      long bodyBytesMax, JsonLimits limits, Duration heartbeat, MemoryBudget budget) {}

  private static final AsciiString DRY_RUN = AsciiString.cached("x-parley-dry-run");

  private final CallKind kind;
  private final Settings settings;
  private final Dispatcher dispatcher;
  private final CallLog log;
  private final Clock clock;

  public DocumentRoute(
      CallKind kind, Settings settings, Dispatcher dispatcher, CallLog log, Clock clock) {
    this.kind = kind;
    this.settings = settings;
    this.dispatcher = dispatcher;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    Answer answer = new Answer(ctx);
    MediaType type = req.contentType();
    if (type != null && !type.isJson()) {
      refuse(
          answer,
          new HubException(
              new HubError.UnsupportedMediaType(
                  type.type() + "/" + type.subtype(), "application/json")));
      req.abort();
      return answer.response();
    }
    RequestBody body =
        RequestBody.collect(
            req,
            ctx.eventLoop(),
            settings.bodyBytesMax(),
            "server.request_bytes_max",
            settings.budget(),
            new RequestBody.Receiver() {
              @Override
              public void body(byte[] bytes, int length) {
                start(answer, req, bytes, length);
              }

              @Override
              public void failed(Throwable failure) {
                refuse(answer, failure);
              }
            });
    answer.holds(body);
    return answer.response();
  }

  private void start(Answer answer, HttpRequest req, byte[] bytes, int length) {
    if (answer.isOver()) {
      return;
    }
    DocumentCall call;
    Duration patience;
    try {
      patience = CallerPatience.of(req.headers());
      RequestDocument document = RequestDocument.read(kind, bytes, length, settings.limits());
      call =
          new DocumentCall(
              kind,
              document.root(),
              document.head(),
              RequestIds.of(answer.ctx()),
              ForwardedHeaders.of(req.headers()),
              CallerHeaders.of(answer.ctx()));
    } catch (RuntimeException e) {
      refuse(answer, e);
      return;
    }
    if (isDryRun(req.headers())) {
      explain(answer, call);
      return;
    }
    Dispatched dispatched = dispatcher.open(call, answer.ctx().eventLoop(), patience);
    ServedBy.note(answer.ctx(), dispatched.record());
    if (call.head().stream()) {
      dispatched
          .events()
          .subscribe(
              new EventRelay(
                  dispatched.record(),
                  answer,
                  call.head().includeUsage(),
                  settings.heartbeat(),
                  clock));
    } else {
      dispatched
          .events()
          .subscribe(
              new WholeRelay(
                  dispatched.record(), body -> finished(call, dispatched.record(), body), answer));
    }
  }

  /** Whoever only wants to know where a call would go says so in a header. */
  private static boolean isDryRun(RequestHeaders headers) {
    String said = headers.get(DRY_RUN);
    return said != null && !said.equals("false");
  }

  private void explain(Answer answer, DocumentCall call) {
    Plan plan;
    try {
      plan = dispatcher.plan(call);
    } catch (RuntimeException e) {
      refuse(answer, e);
      return;
    }
    answer.ready(
        HttpResponse.of(
            HttpStatus.OK,
            MediaType.JSON,
            HttpData.wrap(PlanDocument.of(plan, call.kind().capability()))));
    answer.over();
  }

  private static JsonValue finished(DocumentCall call, CallRecord record, JsonValue body) {
    Target target = record.target();
    return target == null ? body : VectorEncoding.asAsked(call, target, body);
  }

  private void refuse(Answer answer, Throwable failure) {
    String id = RequestIds.of(answer.ctx());
    log.refused(
        AccessLog.visit(answer.ctx()), id, kind.wireName(), ErrorMapper.view(failure, id).reason());
    answer.failed(failure);
  }
}
