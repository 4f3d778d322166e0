package dev.parley.hub.edge.openai;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.time.Clock;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.OpenAiErrors;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.telemetry.CallRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns a streamed answer into server-sent events. The status is held back until the first delta,
 * so that a call which fails at once gets a real error; a caller who waits longer than the
 * heartbeat is sent the head and a comment. The backend is read only as fast as the caller reads.
 */
final class EventRelay implements Flow.Subscriber<DocumentEvent> {

  private static final byte[] PREFIX = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final HttpData DONE = HttpData.ofAscii("data: [DONE]\n\n");
  private static final HttpData HEARTBEAT = HttpData.ofAscii(": ping\n\n");

  private static final long ERROR_GRACE_MILLIS = 100;

  private final CallRecord record;
  private final Answer answer;
  private final boolean includeUsage;
  private final Duration heartbeat;
  private final Clock clock;
  private Map<String, String> upstream = Map.of();
  private Flow.@Nullable Subscription subscription;
  private @Nullable HttpResponseWriter writer;
  private @Nullable ScheduledFuture<?> timer;
  private long lastWriteNanos;

  EventRelay(
      CallRecord record, Answer answer, boolean includeUsage, Duration heartbeat, Clock clock) {
    this.record = record;
    this.answer = answer;
    this.includeUsage = includeUsage;
    this.heartbeat = heartbeat;
    this.clock = clock;
    this.lastWriteNanos = clock.nanoTime();
  }

  @Override
  public void onSubscribe(Flow.Subscription from) {
    subscription = from;
    answer.started(from);
    arm(heartbeat.toNanos());
    from.request(1);
  }

  @Override
  public void onNext(DocumentEvent event) {
    switch (event) {
      case DocumentEvent.Opened(var headers) -> {
        upstream = headers;
        more();
      }
      case DocumentEvent.Chunks(var chunks) -> write(chunks);
      case DocumentEvent.Whole _ ->
          throw new IllegalStateException("a whole answer to a call that streams");
    }
  }

  private void write(List<Chunk> chunks) {
    HttpData data = frame(chunks);
    if (data.isEmpty()) {
      more();
      return;
    }
    HttpResponseWriter out = open();
    if (!out.tryWrite(data)) {
      return;
    }
    lastWriteNanos = clock.nanoTime();
    var _ = out.whenConsumed().thenRun(this::more);
  }

  private void more() {
    if (subscription != null && !answer.isOver()) {
      subscription.request(1);
    }
  }

  private HttpData frame(List<Chunk> chunks) {
    int size = 0;
    for (Chunk chunk : chunks) {
      size += isWanted(chunk) ? chunk.json().length() + PREFIX.length + 2 : 0;
    }
    byte[] out = new byte[size];
    int at = 0;
    for (Chunk chunk : chunks) {
      if (isWanted(chunk)) {
        at = append(out, at, chunk.json());
      }
    }
    return HttpData.wrap(out);
  }

  /** A line break inside a document would end the event's data: it becomes the blank it means. */
  private static int append(byte[] out, int from, JsonValue json) {
    System.arraycopy(PREFIX, 0, out, from, PREFIX.length);
    int start = from + PREFIX.length;
    System.arraycopy(json.source(), json.start(), out, start, json.length());
    int end = start + json.length();
    for (int i = start; i < end; i++) {
      if (out[i] == '\n' || out[i] == '\r') {
        out[i] = ' ';
      }
    }
    out[end] = '\n';
    out[end + 1] = '\n';
    return end + 2;
  }

  /** The hub asked for the usage chunk to meter the call; the caller sees it if he asked, too. */
  private boolean isWanted(Chunk chunk) {
    return includeUsage || chunk.kind() != Chunk.Kind.USAGE;
  }

  private HttpResponseWriter open() {
    HttpResponseWriter known = writer;
    if (known != null) {
      return known;
    }
    HttpResponseWriter opened = HttpResponse.streaming();
    writer = opened;
    opened.write(AnswerHead.events(record, upstream).build());
    answer.ready(opened);
    return opened;
  }

  @Override
  public void onError(Throwable failure) {
    disarm();
    HttpResponseWriter out = writer;
    if (out == null) {
      answer.failed(failure);
      return;
    }
    answer.over();
    byte[] event = OpenAiErrors.event(ErrorMapper.view(failure, RequestIds.of(answer.ctx())));
    byte[] framed = new byte[PREFIX.length + event.length + 2];
    System.arraycopy(PREFIX, 0, framed, 0, PREFIX.length);
    System.arraycopy(event, 0, framed, PREFIX.length, event.length);
    framed[framed.length - 2] = '\n';
    framed[framed.length - 1] = '\n';
    out.write(HttpData.wrap(framed));
    // The body must not end as if it were whole. The event goes first: clients that meet a broken
    // connection throw away what they have not read yet.
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
    disarm();
    answer.over();
    HttpResponseWriter out = open();
    out.write(DONE);
    out.close();
  }

  // The heartbeat looks at the last write instead of being rearmed by each.

  private void arm(long delayNanos) {
    timer = answer.ctx().eventLoop().schedule(this::beat, delayNanos, TimeUnit.NANOSECONDS);
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel(false);
    }
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
    if (!open().tryWrite(HEARTBEAT)) {
      return;
    }
    lastWriteNanos = clock.nanoTime();
    arm(heartbeat.toNanos());
  }
}
