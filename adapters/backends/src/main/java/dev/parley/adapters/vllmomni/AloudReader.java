package dev.parley.adapters.vllmomni;

import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.adapters.http.BodyReader;
import dev.parley.adapters.http.DocumentReader;
import dev.parley.adapters.speech.Expected;
import dev.parley.adapters.speech.WavStripper;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SpeechUsage;
import java.util.Base64;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Hears the sound in the answer to a conversation, streamed or whole, that another reader has
 * already turned into OpenAI's shapes.
 */
final class AloudReader implements BodyReader<SpeechEvent> {

  private final DocumentReader answer;
  private final Target target;
  private final Expected expected;
  private final WavStripper headers = new WavStripper();
  private boolean heard;

  AloudReader(DocumentReader answer, Target target, Expected expected) {
    this.answer = answer;
    this.target = target;
    this.expected = expected;
  }

  @Override
  public void opened(ResponseHeaders head, Sink<SpeechEvent> sink) {
    answer.opened(head, new Ear(sink));
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<SpeechEvent> sink) {
    answer.read(bytes, from, to, new Ear(sink));
  }

  @Override
  public void end(Sink<SpeechEvent> sink) {
    answer.end(new Ear(sink));
  }

  /** Where the other reader puts what it found. */
  private final class Ear implements Sink<DocumentEvent> {
    private final Sink<SpeechEvent> sink;

    Ear(Sink<SpeechEvent> sink) {
      this.sink = sink;
    }

    @Override
    public void event(DocumentEvent event) {
      switch (event) {
        case DocumentEvent.Opened _ ->
            sink.event(
                new SpeechEvent.Opened(
                    AudioFormat.of(expected.encoding(), expected.sampleRateHz(), 1),
                    expected.voice()));
        case DocumentEvent.Chunks(var chunks) -> {
          for (Chunk chunk : chunks) {
            hear(chunk.json(), "delta");
            count(chunk.usage());
          }
        }
        case DocumentEvent.Whole(JsonValue body, TokenUsage usage) -> {
          hear(body, "message");
          count(usage);
        }
      }
    }

    @Override
    public void nearlyComplete() {
      sink.nearlyComplete();
    }

    @Override
    public void complete() {
      pass(headers.end());
      if (!heard) {
        throw failed("it answered the text without speaking it");
      }
      sink.complete();
    }

    private void hear(JsonValue holder, String part) {
      JsonValue choices = holder.get("choices");
      if (choices == null || !choices.isArray()) {
        return;
      }
      for (JsonValue choice : choices.elements()) {
        JsonValue said = choice.get(part);
        JsonValue audio = said == null ? null : said.get("audio");
        JsonValue data = audio == null || !audio.isObject() ? null : audio.get("data");
        if (data != null && data.isString()) {
          pass(headers.strip(decoded(data.asString())));
        }
      }
    }

    private void pass(byte[] samples) {
      if (samples.length > 0) {
        heard = true;
        sink.event(new SpeechEvent.Sound(samples));
      }
    }

    private void count(@Nullable TokenUsage usage) {
      if (usage != null && usage.prompt() >= 0 && usage.completion() >= 0) {
        sink.event(
            new SpeechEvent.Counted(
                new SpeechUsage(
                    usage.prompt(),
                    usage.completion(),
                    Math.max(usage.total(), usage.prompt() + usage.completion()))));
      }
    }
  }

  private byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw failed("the audio in its answer is not base64");
    }
  }

  private HubException failed(String detail) {
    return new HubException(
        new HubError.BackendFailed(target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }
}
