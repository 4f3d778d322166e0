package dev.parley.hub.edge.recognition;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import dev.parley.core.time.Clock;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.http.IdleLimit;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.edge.openai.Answer;
import dev.parley.hub.recognition.order.RecognizedEvent;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends a transcript as events while it comes about. Nothing is sent before there is text, so what
 * fails until then is told as any error is; a caller who waits longer than the heartbeat is sent
 * the head and a comment. An event is asked for when the one before has left. Belongs to the
 * request's event loop.
 */
final class EventsRelay implements Flow.Subscriber<RecognizedEvent> {

  private static final long ERROR_GRACE_MILLIS = 100;
  private static final HttpData HEARTBEAT = HttpData.ofAscii(": ping\n\n");

  private final CallRecord record;
  private final Answer answer;
  private final Reply.Events reply;
  private final Duration heartbeat;
  private final Clock clock;
  private final IdleLimit unread;
  private Flow.@Nullable Subscription subscription;
  private @Nullable HttpResponseWriter writer;
  private @Nullable ScheduledFuture<?> timer;
  private long lastWriteNanos;

  EventsRelay(
      CallRecord record, Answer answer, Reply.Events reply, Duration heartbeat, Clock clock) {
    this.record = record;
    this.answer = answer;
    this.reply = reply;
    this.heartbeat = heartbeat;
    this.clock = clock;
    this.lastWriteNanos = clock.nanoTime();
    this.unread =
        new IdleLimit(answer.ctx().eventLoop().withoutContext(), IdleLimit.DEFAULT, this::stop);
  }

  @Override
  public void onSubscribe(Flow.Subscription from) {
    subscription = from;
    answer.started(from);
    arm(heartbeat.toNanos());
    more();
  }

  @Override
  public void onNext(RecognizedEvent event) {
    if (answer.isOver()) {
      return;
    }
    Optional<HttpData> told = reply.event(event);
    if (told.isEmpty()) {
      more();
      return;
    }
    HttpResponseWriter out = opened();
    if (!out.tryWrite(told.get())) {
      stop(ClosedStreamException.get());
      return;
    }
    lastWriteNanos = clock.nanoTime();
    // Somebody who does not read holds a place that others wait for.
    unread.begin();
    var _ =
        out.whenConsumed()
            .thenRun(() -> {
              unread.end();
              more();
            });
  }

  private void more() {
    if (subscription != null && !answer.isOver()) {
      subscription.request(1);
    }
  }

  private HttpResponseWriter opened() {
    HttpResponseWriter known = writer;
    if (known != null) {
      return known;
    }
    ResponseHeadersBuilder head =
        ResponseHeaders.builder(HttpStatus.OK)
            .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
            .set("cache-control", "no-cache, no-transform")
            .set("x-accel-buffering", "no");
    ServedBy.tell(record, head::set);
    HttpResponseWriter opened = HttpResponse.streaming();
    writer = opened;
    opened.write(head.build());
    answer.ready(opened);
    return opened;
  }

  @Override
  public void onError(Throwable failure) {
    if (answer.isOver()) {
      return;
    }
    end();
    HttpResponseWriter out = writer;
    if (out == null) {
      answer.failed(FormFailures.of(failure));
      return;
    }
    answer.over();
    var _ = out.tryWrite(reply.failure(ErrorMapper.view(failure, RequestIds.of(answer.ctx()))));
    // The body must not end as if it were whole, and the event has to be read before it breaks.
    var _ =
        answer
            .ctx()
            .eventLoop()
            .schedule(
                () -> out.close(ClosedStreamException.get()),
                ERROR_GRACE_MILLIS,
                TimeUnit.MILLISECONDS);
  }

  /** Gives up: what was asked for is not wanted any more. */
  private void stop(Throwable failure) {
    if (subscription != null) {
      subscription.cancel();
    }
    onError(failure);
  }

  @Override
  public void onComplete() {
    if (!answer.isOver()) {
      end();
      HttpResponseWriter out = opened();
      answer.over();
      out.close();
    }
  }

  private void end() {
    unread.end();
    if (timer != null) {
      timer.cancel(false);
    }
  }

  // The heartbeat looks at the last write instead of being rearmed by each.

  private void arm(long delayNanos) {
    timer = answer.ctx().eventLoop().schedule(this::beat, delayNanos, TimeUnit.NANOSECONDS);
  }

  private void beat() {
    if (answer.isOver()) {
      return;
    }
    long quiet = clock.nanoTime() - lastWriteNanos;
    if (quiet < heartbeat.toNanos()) {
      arm(heartbeat.toNanos() - quiet);
    } else if (opened().tryWrite(HEARTBEAT)) {
      lastWriteNanos = clock.nanoTime();
      arm(heartbeat.toNanos());
    }
  }
}
