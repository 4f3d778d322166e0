package dev.parley.hub.edge.speakers;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.audio.Form;
import dev.parley.hub.edge.audio.FormRule;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.Answer;
import dev.parley.hub.edge.http.CallerPatience;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.speakers.Speakers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** A route whose request brings recordings, and whose answer tells of their speakers. */
final class SpeakerRoute<T> implements HttpService {

  /** A whole answer and what it is. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Document(String contentType, byte[] bytes) {}

  /** How one request is answered. */
  record Request<T>(Function<Caller, Speakers.Asked<T>> question, Function<T, Document> write) {}

  /** Who waits for the answer, and how long. */
  record Caller(ScheduledExecutorService loop, Duration patience) {}

  /** Reads the requests of one route. */
  interface Reading<T> {

    /** Fails with InvalidRequest that names the value that is wrong. */
    Request<T> read(Form form, ServiceRequestContext ctx);
  }

  private final SpeakerRoutes.Parts parts;
  private final FormRule rule;
  private final Reading<T> reading;

  SpeakerRoute(SpeakerRoutes.Parts parts, FormRule rule, Reading<T> reading) {
    this.parts = parts;
    this.rule = rule;
    this.reading = reading;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    Answer answer = new Answer(ctx);
    var _ =
        parts
            .forms()
            .read(ctx, req, rule)
            .whenComplete((form, failure) -> {
              if (failure != null) {
                refuse(answer, failure);
                return;
              }
              answer.holds(form::close);
              if (!answer.isOver()) {
                ask(answer, req, form);
              }
            });
    return answer.response();
  }

  private void ask(Answer answer, HttpRequest req, Form form) {
    ServiceRequestContext ctx = answer.ctx();
    Request<T> request;
    Speakers.Asked<T> asked;
    try {
      Duration patience = CallerPatience.of(req.headers());
      request = reading.read(form, ctx);
      asked = request.question().apply(new Caller(ctx.eventLoop().withoutContext(), patience));
    } catch (RuntimeException e) {
      refuse(answer, e);
      return;
    }
    ServedBy.note(ctx, asked.record());
    answer.started(new Stopping(asked.answer()));
    var _ =
        asked
            .answer()
            .whenComplete((found, failure) -> {
              if (answer.isOver()) {
                return;
              }
              if (failure != null) {
                answer.failed(failure);
              } else {
                send(answer, asked, request.write().apply(found));
              }
            });
  }

  private void send(Answer answer, Speakers.Asked<T> asked, Document document) {
    ResponseHeadersBuilder head =
        ResponseHeaders.builder(HttpStatus.OK)
            .set(HttpHeaderNames.CONTENT_TYPE, document.contentType());
    ServedBy.tell(asked.record(), head::set);
    answer.over();
    answer.ready(HttpResponse.of(head.build(), HttpData.wrap(document.bytes())));
  }

  private void refuse(Answer answer, Throwable failure) {
    if (!answer.isOver()) {
      String id = RequestIds.of(answer.ctx());
      parts
          .log()
          .refused(
              AccessLog.visit(answer.ctx()),
              id,
              "speakers",
              ErrorMapper.view(failure, id).reason());
      answer.failed(failure);
    }
  }

  /** Ends the work when the caller leaves. */
  private record Stopping(CompletableFuture<?> answer) implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {
      answer.cancel(false);
    }
  }
}
