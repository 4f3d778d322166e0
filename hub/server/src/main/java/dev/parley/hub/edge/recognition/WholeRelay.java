package dev.parley.hub.edge.recognition;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.parley.hub.edge.http.Answer;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.recognition.order.RecognizedEvent;
import dev.parley.hub.telemetry.CallRecord;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Sends a transcript as one body, when all of it is there. Belongs to the request's event loop. */
final class WholeRelay implements Flow.Subscriber<RecognizedEvent> {

  /** So many characters are written in less than a millisecond, words and times included. */
  private static final int CHARS_AT_ONCE = 5_000;

  private final CallRecord record;
  private final Answer answer;
  private final Reply.Whole reply;
  private RecognizedEvent.@Nullable Written written;

  WholeRelay(CallRecord record, Answer answer, Reply.Whole reply) {
    this.record = record;
    this.answer = answer;
    this.reply = reply;
  }

  @Override
  public void onSubscribe(Flow.Subscription from) {
    answer.started(from);
    from.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(RecognizedEvent event) {
    switch (event) {
      case RecognizedEvent.Delta _, RecognizedEvent.Stretch _ -> {}
      case RecognizedEvent.Written all -> written = all;
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (!answer.isOver()) {
      answer.failed(FormFailures.of(failure));
    }
  }

  @Override
  public void onComplete() {
    RecognizedEvent.Written all = written;
    if (all == null) {
      onError(new IllegalStateException("a recognition without a transcript"));
    } else if (all.transcript().text().length() <= CHARS_AT_ONCE) {
      write(all, Runnable::run);
    } else {
      var loop = answer.ctx().eventLoop().withoutContext();
      answer.ctx().blockingTaskExecutor().execute(() -> write(all, loop::execute));
    }
  }

  /** Where work is done that belongs to the event loop. */
  private interface Loop {
    void run(Runnable work);
  }

  private void write(RecognizedEvent.Written all, Loop loop) {
    try {
      byte[] body = reply.write().apply(all);
      loop.run(() -> send(body));
    } catch (RuntimeException e) {
      loop.run(() -> onError(e));
    }
  }

  private void send(byte[] body) {
    if (answer.isOver()) {
      return;
    }
    ResponseHeadersBuilder head =
        ResponseHeaders.builder(HttpStatus.OK)
            .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
    ServedBy.tell(record, head::set);
    answer.over();
    answer.ready(HttpResponse.of(head.build(), HttpData.wrap(body)));
  }
}
