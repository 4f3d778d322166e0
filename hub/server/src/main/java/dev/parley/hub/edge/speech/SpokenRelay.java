package dev.parley.hub.edge.speech;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubException;
import dev.parley.core.speech.SpeechUsage;
import dev.parley.core.time.Clock;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.http.IdleLimit;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.edge.http.SpokenBy;
import dev.parley.hub.edge.openai.Answer;
import dev.parley.hub.speech.SpokenEvent;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends speech as the body of one answer. Nothing is sent before there is sound, so what fails
 * until then is told as any error is; where the body has a place for it, a caller who waits longer
 * than the heartbeat is sent the head and a comment. An event is asked for when the one before has
 * left. Belongs to the request's event loop.
 */
final class SpokenRelay implements Flow.Subscriber<SpokenEvent> {

  private static final long ERROR_GRACE_MILLIS = 100;
  private static final SpeechUsage UNCOUNTED = new SpeechUsage(0, 0, 0);

  private final CallRecord record;
  private final Answer answer;
  private final Framing framing;
  private final Duration heartbeat;
  private final Clock clock;
  private final IdleLimit unread;
  private Flow.@Nullable Subscription subscription;
  private SpokenEvent.@Nullable Begun begun;
  private Optional<SpeechUsage> usage = Optional.empty();
  private @Nullable HttpResponseWriter writer;
  private @Nullable ScheduledFuture<?> timer;
  private long lastWriteNanos;

  SpokenRelay(CallRecord record, Answer answer, Framing framing, Duration heartbeat, Clock clock) {
    this.record = record;
    this.answer = answer;
    this.framing = framing;
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
    framing.heartbeat().ifPresent(_ -> arm(heartbeat.toNanos()));
    more();
  }

  @Override
  public void onNext(SpokenEvent event) {
    if (answer.isOver()) {
      return;
    }
    switch (event) {
      case SpokenEvent.Begun told -> {
        begun = told;
        more();
      }
      case SpokenEvent.Sound sound -> write(sound.bytes());
      case SpokenEvent.Marks _ -> more();
      case SpokenEvent.Ended ended -> {
        usage = ended.usage().map(more -> usage.map(more::and).orElse(more)).or(() -> usage);
        more();
      }
    }
  }

  private void write(byte[] sound) {
    HttpResponseWriter out = opened();
    HttpData data;
    try {
      data = framing.sound(sound);
    } catch (HubException e) {
      stop(e);
      return;
    }
    if (data.isEmpty()) {
      more();
      return;
    }
    if (!out.tryWrite(data)) {
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
    ResponseHeadersBuilder head = ResponseHeaders.builder(HttpStatus.OK);
    AudioFormat format = begun == null ? AudioFormat.UNSTATED : begun.format();
    framing.head(format).forEach(head::set);
    ServedBy.tell(record, head::set);
    if (begun != null) {
      SpokenBy.tell(begun, head::set);
    }
    HttpResponseWriter opened = HttpResponse.streaming();
    writer = opened;
    opened.write(head.build());
    HttpData opening = framing.opening();
    if (!opening.isEmpty()) {
      opened.write(opening);
    }
    answer.ready(opened);
    return opened;
  }

  @Override
  public void onError(Throwable failure) {
    failed(failure);
  }

  /** Gives up: what was asked for is not wanted any more. */
  private void stop(Throwable failure) {
    if (subscription != null) {
      subscription.cancel();
    }
    failed(failure);
  }

  private void failed(Throwable failure) {
    if (answer.isOver()) {
      return;
    }
    end();
    HttpResponseWriter out = writer;
    if (out == null) {
      answer.failed(failure);
      return;
    }
    answer.over();
    Optional<HttpData> told =
        framing.failure(ErrorMapper.view(failure, RequestIds.of(answer.ctx())));
    if (told.isEmpty()) {
      out.close(failure);
      return;
    }
    out.write(told.get());
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

  @Override
  public void onComplete() {
    if (answer.isOver()) {
      return;
    }
    end();
    HttpResponseWriter out = opened();
    HttpData closing = framing.closing(usage.orElse(UNCOUNTED));
    if (!closing.isEmpty()) {
      out.write(closing);
    }
    answer.over();
    out.close();
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
      return;
    }
    if (framing.heartbeat().map(opened()::tryWrite).orElse(false)) {
      lastWriteNanos = clock.nanoTime();
      arm(heartbeat.toNanos());
    }
  }
}
