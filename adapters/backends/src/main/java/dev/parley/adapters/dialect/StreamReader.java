package dev.parley.adapters.dialect;

import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.DocumentReader;
import dev.parley.adapters.http.ErrorBody;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.framing.SseDecoder;
import dev.parley.core.framing.SseEvent;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads a streamed answer of OpenAI's dialect. The stream is complete when {@code [DONE]} came, or
 * when every choice that started has its finish reason and the body ended; a body that ends before
 * is an error. A single event that is not JSON is skipped.
 */
public final class StreamReader implements DocumentReader {

  private static final int EVENT_BYTES_MAX = 16 << 20;
  private static final int BROKEN_EVENTS_MAX = 16;
  private static final int CHOICE_INDEX_MAX = 1_024;

  private final DocumentCall call;
  private final Target target;
  private final Quirks quirks;
  private final Quirks.ChunkEdit edit;
  private final SseDecoder decoder = new SseDecoder(EVENT_BYTES_MAX);
  private final BitSet started = new BitSet();
  private final BitSet finished = new BitSet();
  private final long responseBytesMax;
  private List<Chunk> batch = new ArrayList<>(4);
  private @Nullable WholeReader instead;
  private int broken;
  private boolean done;

  public StreamReader(DocumentCall call, Target target, Quirks quirks, long responseBytesMax) {
    this.call = call;
    this.target = target;
    this.quirks = quirks;
    this.edit = quirks.chunks().open(call, target);
    this.responseBytesMax = responseBytesMax;
  }

  /** A backend that cannot stream, or that failed with status 200, answers with one document. */
  @Override
  public void opened(String contentType) {
    if (contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      instead = new WholeReader(call, target, quirks, responseBytesMax);
    }
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<DocumentEvent> sink) {
    if (instead != null) {
      instead.read(bytes, from, to, sink);
      return;
    }
    if (!done) {
      decode(sink, () -> decoder.feed(bytes, from, to, this::event));
    }
  }

  @Override
  public void end(Sink<DocumentEvent> sink) {
    if (instead != null) {
      batch.addAll(SingleDelta.of(instead.answer()));
      done = true;
      flush(sink);
      return;
    }
    if (!done) {
      decode(
          sink,
          () -> {
            decoder.end(this::event);
            done = done || allFinished();
            if (!done) {
              throw failed("its stream ended without a finish reason");
            }
          });
    }
  }

  /** What came before a failure is delivered before it, however the bytes were cut. */
  private void decode(Sink<DocumentEvent> sink, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      deliver(sink);
      throw e;
    }
    flush(sink);
  }

  private void deliver(Sink<DocumentEvent> sink) {
    if (!batch.isEmpty()) {
      sink.event(new DocumentEvent.Chunks(batch));
      batch = new ArrayList<>(4);
    }
  }

  private void flush(Sink<DocumentEvent> sink) {
    deliver(sink);
    if (done) {
      sink.complete();
    } else if (allFinished()) {
      sink.nearlyComplete();
    }
  }

  private boolean allFinished() {
    return !finished.isEmpty() && finished.cardinality() == started.cardinality();
  }

  private void event(SseEvent event) {
    if (done) {
      return;
    }
    if (isDone(event)) {
      edit.end(this::add);
      done = true;
      return;
    }
    JsonValue object = object(event);
    checkError(event, object);
    if (object != null) {
      edit.edit(object, this::add);
    }
  }

  private void add(JsonValue json) {
    JsonObject object = json.object();
    Chunk chunk = ChunkKinds.classify(object);
    note(object.get("choices"));
    batch.add(chunk);
  }

  private void note(@Nullable JsonValue choices) {
    if (choices == null || !choices.isArray()) {
      return;
    }
    for (JsonValue choice : choices.elements()) {
      JsonValue index = choice.get("index");
      int i = index != null && index.isNumber() ? (int) index.asDouble() : 0;
      if (i < 0 || i > CHOICE_INDEX_MAX) {
        throw failed("its stream has a choice with an index out of range");
      }
      if (ChunkKinds.isFailure(choice)) {
        throw failed("its stream broke off with an error");
      }
      started.set(i);
      if (ChunkKinds.finishReason(choice) != null) {
        finished.set(i);
      }
    }
  }

  private @Nullable JsonValue object(SseEvent event) {
    try {
      JsonValue value = Json.parse(event.data(), event.from(), event.to(), JsonLimits.DEFAULT);
      return value.isObject() ? value : null;
    } catch (JsonSyntaxException _) {
      if (++broken > BROKEN_EVENTS_MAX) {
        throw failed("its stream is not JSON");
      }
      return null;
    }
  }

  private void checkError(SseEvent event, @Nullable JsonValue value) {
    JsonValue error = value == null ? null : value.get("error");
    boolean named = event.event().equals("error");
    if (named || (error != null && !error.isNull())) {
      ErrorBody body = value == null ? null : ErrorBody.of(value);
      if (body == null) {
        throw failed("its stream reported an error");
      }
      throw new HubException(BackendFailures.insideSuccess(target, body));
    }
  }

  /** Some servers put blanks behind the mark. */
  private static boolean isDone(SseEvent event) {
    return event.dataEquals("[DONE]")
        || (event.length() < 16 && event.dataText().strip().equals("[DONE]"));
  }

  private HubException failed(String detail) {
    return new HubException(
        new HubError.BackendFailed(target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }
}
