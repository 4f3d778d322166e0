package dev.parley.hub.edge.recognition;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.parley.core.time.Clock;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.http.Answer;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.edge.http.ServerSentEvents;
import dev.parley.hub.edge.http.StreamedBody;
import dev.parley.hub.recognition.order.RecognizedEvent;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;

/** Sends a transcript as events while it comes about. Belongs to the request's event loop. */
final class EventsRelay implements Flow.Subscriber<RecognizedEvent> {

  private final CallRecord record;
  private final Reply.Events reply;
  private final StreamedBody body;

  EventsRelay(
      CallRecord record, Answer answer, Reply.Events reply, Duration heartbeat, Clock clock) {
    this.record = record;
    this.reply = reply;
    this.body = new StreamedBody(answer, new Frame(), heartbeat, clock);
  }

  private final class Frame implements StreamedBody.Frame {

    @Override
    public ResponseHeaders head() {
      ResponseHeadersBuilder head = ServerSentEvents.head();
      ServedBy.tell(record, head::set);
      return head.build();
    }

    @Override
    public Optional<HttpData> failure(ErrorView view) {
      return Optional.of(reply.failure(view));
    }

    @Override
    public Optional<HttpData> heartbeat() {
      return Optional.of(ServerSentEvents.COMMENT);
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription from) {
    body.from(from);
  }

  @Override
  public void onNext(RecognizedEvent event) {
    if (!body.isOver()) {
      body.write(reply.event(event).orElse(HttpData.empty()));
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.failed(FormFailures.of(failure));
  }

  @Override
  public void onComplete() {
    body.complete(HttpData.empty());
  }
}
