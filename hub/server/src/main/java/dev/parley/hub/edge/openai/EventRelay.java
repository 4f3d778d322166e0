package dev.parley.hub.edge.openai;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.time.Clock;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.error.OpenAiErrors;
import dev.parley.hub.edge.http.Answer;
import dev.parley.hub.edge.http.ServerSentEvents;
import dev.parley.hub.edge.http.StreamedBody;
import dev.parley.hub.telemetry.CallRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * Turns a streamed answer into server-sent events. The backend is read only as fast as the caller
 * reads.
 */
final class EventRelay implements Flow.Subscriber<DocumentEvent> {

  private static final byte[] PREFIX = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final HttpData DONE = HttpData.ofAscii("data: [DONE]\n\n");

  private final CallRecord record;
  private final boolean includeUsage;
  private final StreamedBody body;
  private Map<String, String> upstream = Map.of();

  EventRelay(
      CallRecord record, Answer answer, boolean includeUsage, Duration heartbeat, Clock clock) {
    this.record = record;
    this.includeUsage = includeUsage;
    this.body = new StreamedBody(answer, new Frame(), heartbeat, clock);
  }

  private final class Frame implements StreamedBody.Frame {

    @Override
    public ResponseHeaders head() {
      return AnswerHead.events(record, upstream).build();
    }

    @Override
    public Optional<HttpData> failure(ErrorView view) {
      return Optional.of(ServerSentEvents.event(OpenAiErrors.event(view)));
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
  public void onNext(DocumentEvent event) {
    switch (event) {
      case DocumentEvent.Opened(var headers) -> {
        upstream = headers;
        body.more();
      }
      case DocumentEvent.Chunks(var chunks) -> body.write(frame(chunks));
      case DocumentEvent.Whole _ ->
          throw new IllegalStateException("a whole answer to a call that streams");
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.failed(failure);
  }

  @Override
  public void onComplete() {
    body.complete(DONE);
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
}
