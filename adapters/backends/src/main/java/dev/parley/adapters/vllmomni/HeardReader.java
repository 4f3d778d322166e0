package dev.parley.adapters.vllmomni;

import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.adapters.http.BodyReader;
import dev.parley.adapters.http.DocumentReader;
import dev.parley.adapters.recognition.Usages;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.RecognitionEvent;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Transcript;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Makes a transcript of the answer to a conversation, streamed or whole, that another reader has
 * already turned into OpenAI's shapes. A text that a limit of tokens cut off is a failure, as
 * nobody could tell where in the sound it stopped.
 */
final class HeardReader implements BodyReader<RecognitionEvent> {

  private final DocumentReader answer;
  private final Target target;
  private final RecognitionTask task;
  private final boolean stream;
  private final BareText text = new BareText();
  private RecognitionUsage usage = RecognitionUsage.UNKNOWN;

  /**
   * @param stream whether deltas are wanted
   */
  HeardReader(DocumentReader answer, Target target, RecognitionTask task, boolean stream) {
    this.answer = answer;
    this.target = target;
    this.task = task;
    this.stream = stream;
  }

  @Override
  public void opened(ResponseHeaders head, Sink<RecognitionEvent> sink) {
    answer.opened(head, new Ear(sink));
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<RecognitionEvent> sink) {
    answer.read(bytes, from, to, new Ear(sink));
  }

  @Override
  public void end(Sink<RecognitionEvent> sink) {
    answer.end(new Ear(sink));
  }

  /** Where the other reader puts what it found. */
  private final class Ear implements Sink<DocumentEvent> {
    private final Sink<RecognitionEvent> sink;

    Ear(Sink<RecognitionEvent> sink) {
      this.sink = sink;
    }

    @Override
    public void event(DocumentEvent event) {
      switch (event) {
        case DocumentEvent.Opened _ -> sink.event(new RecognitionEvent.Opened());
        case DocumentEvent.Chunks(var chunks) -> {
          for (Chunk chunk : chunks) {
            hear(chunk.json(), "delta");
          }
        }
        case DocumentEvent.Whole(JsonValue body, _) -> hear(body, "message");
      }
    }

    @Override
    public void nearlyComplete() {
      sink.nearlyComplete();
    }

    @Override
    public void complete() {
      pass(text.end());
      sink.event(new RecognitionEvent.Answer(transcript()));
      sink.complete();
    }

    private void hear(JsonValue holder, String part) {
      RecognitionUsage counted = Usages.read(holder.get("usage"));
      usage = counted.equals(RecognitionUsage.UNKNOWN) ? usage : counted;
      JsonValue choices = holder.get("choices");
      if (choices == null || !choices.isArray()) {
        return;
      }
      for (JsonValue choice : choices.elements()) {
        JsonValue said = choice.get(part);
        JsonValue content = said == null || !said.isObject() ? null : said.get("content");
        if (content != null && content.isString()) {
          pass(text.add(content.asString()));
        }
        JsonValue reason = choice.get("finish_reason");
        if (reason != null && reason.textEquals("length")) {
          throw failed("it wrote more than it may at a time, so that the text has no end");
        }
      }
    }

    private void pass(String more) {
      if (stream && !more.isEmpty()) {
        sink.event(new RecognitionEvent.Delta(more, List.of()));
      }
    }
  }

  private Transcript transcript() {
    boolean detect = task == RecognitionTask.DETECT_LANGUAGE;
    return new Transcript(
        detect ? "" : text.whole(),
        detect ? language() : "",
        OptionalDouble.empty(),
        List.of(),
        OptionalDouble.empty(),
        List.of(),
        List.of(),
        usage,
        Json.EMPTY_OBJECT);
  }

  private String language() {
    return NamedLanguage.in(text.whole())
        .orElseThrow(() -> failed("its answer does not name one language"));
  }

  private HubException failed(String detail) {
    return new HubException(
        new HubError.BackendFailed(target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }
}
