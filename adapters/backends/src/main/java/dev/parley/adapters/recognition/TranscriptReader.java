package dev.parley.adapters.recognition;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.BodyReader;
import dev.parley.adapters.http.ErrorBody;
import dev.parley.adapters.http.JsonBody;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.RecognitionEvent;
import dev.parley.core.recognition.Transcript;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of a server that writes down speech. Whether it is a document or server-sent
 * events is told by its {@code Content-Type} alone: servers that cannot stream answer a call for a
 * stream with a document. A document without a transcript in it is a failure, whatever its status.
 */
public final class TranscriptReader implements BodyReader<RecognitionEvent> {

  private final Target target;
  private final long bytesMax;
  private final Function<JsonValue, Optional<Transcript>> document;
  private @Nullable Part part;

  /** How one form of answer is read. */
  interface Part {
    void read(byte[] bytes, int from, int to, Sink<RecognitionEvent> sink);

    void end(Sink<RecognitionEvent> sink);
  }

  /** For documents in OpenAI's forms of at most that many bytes. */
  public TranscriptReader(Target target, long bytesMax) {
    this(target, bytesMax, TranscriptDocument::read);
  }

  /**
   * @param document finds the transcript in a document; empty when there is none
   */
  public TranscriptReader(
      Target target, long bytesMax, Function<JsonValue, Optional<Transcript>> document) {
    this.target = target;
    this.bytesMax = bytesMax;
    this.document = document;
  }

  @Override
  public void opened(ResponseHeaders head, Sink<RecognitionEvent> sink) {
    String type = head.get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
    part = type.startsWith("text/event-stream") ? new TranscriptEvents(target) : new Whole();
    sink.event(new RecognitionEvent.Opened());
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<RecognitionEvent> sink) {
    Objects.requireNonNull(part, "opened comes first").read(bytes, from, to, sink);
  }

  @Override
  public void end(Sink<RecognitionEvent> sink) {
    Objects.requireNonNull(part, "opened comes first").end(sink);
  }

  private final class Whole implements Part {
    private final JsonBody body = new JsonBody(target, bytesMax);

    @Override
    public void read(byte[] bytes, int from, int to, Sink<RecognitionEvent> sink) {
      body.add(bytes, from, to);
    }

    @Override
    public void end(Sink<RecognitionEvent> sink) {
      JsonValue answer = body.object();
      JsonValue error = answer.get("error");
      boolean failed = error != null && !error.isNull();
      Optional<Transcript> found = failed ? Optional.empty() : document.apply(answer);
      sink.event(new RecognitionEvent.Answer(found.orElseThrow(() -> failure(target, answer))));
      sink.complete();
    }
  }

  /** What an object means that has no transcript in it. */
  static HubException failure(Target target, JsonValue answer) {
    ErrorBody found = ErrorBody.of(answer);
    return found == null
        ? failed(target, "its answer has neither a transcript nor an error")
        : new HubException(BackendFailures.insideSuccess(target, found));
  }

  static HubException failed(Target target, String detail) {
    return new HubException(
        new HubError.BackendFailed(target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }
}
