package dev.parley.hub.edge.speech;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.Answer;
import dev.parley.hub.edge.http.CallerHeaders;
import dev.parley.hub.edge.http.CallerPatience;
import dev.parley.hub.edge.http.ForwardedHeaders;
import dev.parley.hub.edge.http.RequestBody;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.edge.openai.JsonBody;
import dev.parley.hub.speech.Spoken;
import java.time.Duration;

/** A route whose request is a document with a text, and whose answer is that text, spoken. */
final class SpokenRoute implements HttpService {

  /** Reads the documents of one route. */
  interface Reading {

    /** Fails with InvalidRequest that names the member that is wrong. */
    SpokenRequest read(Members members, Asking asking);
  }

  private final Reading reading;
  private final SpeechRoutes.Parts parts;

  SpokenRoute(Reading reading, SpeechRoutes.Parts parts) {
    this.reading = reading;
    this.parts = parts;
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
            parts.settings().bodyBytesMax(),
            "server.request_bytes_max",
            parts.settings().budget(),
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
    SpokenRequest request;
    Spoken spoken;
    try {
      Duration patience = CallerPatience.of(req.headers());
      Members members = new Members(JsonBody.object(bytes, length, parts.settings().limits()));
      request =
          reading.read(
              members,
              new Asking(
                  RequestIds.of(answer.ctx()),
                  ForwardedHeaders.of(req.headers()),
                  CallerHeaders.of(answer.ctx()),
                  String.join(",", req.headers().getAll("accept"))));
      spoken =
          parts
              .synthesis()
              .speak(
                  request.order(),
                  request.text(),
                  answer.ctx().eventLoop().withoutContext(),
                  patience);
    } catch (RuntimeException e) {
      refuse(answer, e);
      return;
    }
    ServedBy.note(answer.ctx(), spoken.record());
    spoken
        .events()
        .subscribe(
            new SpokenRelay(
                spoken.record(),
                answer,
                request.framing(),
                parts.settings().heartbeat(),
                parts.clock()));
  }

  private void refuse(Answer answer, Throwable failure) {
    String id = RequestIds.of(answer.ctx());
    parts
        .log()
        .refused(
            AccessLog.visit(answer.ctx()), id, "speech", ErrorMapper.view(failure, id).reason());
    answer.failed(failure);
  }
}
