package dev.parley.hub.edge.recognition;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.audio.Form;
import dev.parley.hub.edge.audio.FormRule;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.Answer;
import dev.parley.hub.edge.http.CallerHeaders;
import dev.parley.hub.edge.http.CallerPatience;
import dev.parley.hub.edge.http.ForwardedHeaders;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.recognition.Recognized;
import java.time.Duration;

/** A route whose request brings a recording, and whose answer says what was said in it. */
final class RecognitionRoute implements HttpService {

  /** Reads the requests of one route. */
  interface Reading {

    /** Fails with InvalidRequest that names the value that is wrong. */
    RecognitionRequest read(Form form, Asking asking);
  }

  private final FormRule rule;
  private final Reading reading;
  private final RecognitionRoutes.Parts parts;

  RecognitionRoute(FormRule rule, Reading reading, RecognitionRoutes.Parts parts) {
    this.rule = rule;
    this.reading = reading;
    this.parts = parts;
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
                start(answer, req, form);
              }
            });
    return answer.response();
  }

  private void start(Answer answer, HttpRequest req, Form form) {
    ServiceRequestContext ctx = answer.ctx();
    RecognitionRequest request;
    Recognized recognized;
    try {
      Duration patience = CallerPatience.of(req.headers());
      request =
          reading.read(
              form,
              new Asking(
                  RequestIds.of(ctx),
                  ForwardedHeaders.of(req.headers()),
                  CallerHeaders.of(ctx),
                  ctx.queryParams()));
      recognized =
          parts
              .recognition()
              .recognize(request.order(), ctx.eventLoop().withoutContext(), patience);
    } catch (RuntimeException e) {
      refuse(answer, e);
      return;
    }
    ServedBy.note(ctx, recognized.record());
    recognized
        .events()
        .subscribe(
            switch (request.reply()) {
              case Reply.Whole whole -> new WholeRelay(recognized.record(), answer, whole);
              case Reply.Events events ->
                  new EventsRelay(
                      recognized.record(), answer, events, parts.heartbeat(), parts.clock());
            });
  }

  private void refuse(Answer answer, Throwable failure) {
    if (!answer.isOver()) {
      String id = RequestIds.of(answer.ctx());
      parts
          .log()
          .refused(
              AccessLog.visit(answer.ctx()),
              id,
              "recognition",
              ErrorMapper.view(failure, id).reason());
      answer.failed(FormFailures.of(failure));
    }
  }
}
