package dev.parley.adapters.recognition;

import dev.parley.adapters.http.BodyReader.Sink;
import dev.parley.core.framing.SseDecoder;
import dev.parley.core.framing.SseEvent;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.RecognitionEvent;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.TokenLogprob;
import dev.parley.core.recognition.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transcript as server-sent events: {@code transcript.text.delta}, {@code .segment} and {@code
 * .done}, or vLLM's {@code transcription.chunk} and {@code translation.chunk} up to {@code [DONE]}.
 * The text is that of the deltas, as servers differ in what they repeat at the end. A stream that
 * ends without its end mark broke off.
 */
final class TranscriptEvents implements TranscriptReader.Part {

  /** Text, segments and tokens together: hours of speech. */
  private static final int CHARACTERS_MAX = 8 << 20;

  private static final int PARTS_MAX = 1_000_000;
  private static final int EVENT_BYTES_MAX = 16 << 20;

  private final Target target;
  private final SseDecoder decoder = new SseDecoder(EVENT_BYTES_MAX);
  private final StringBuilder text = new StringBuilder();
  private final List<Segment> segments = new ArrayList<>();
  private final List<TokenLogprob> logprobs = new ArrayList<>();
  private RecognitionUsage usage = RecognitionUsage.UNKNOWN;
  private boolean begun;
  private boolean done;

  TranscriptEvents(Target target) {
    this.target = target;
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<RecognitionEvent> sink) {
    if (!done) {
      decoder.feed(bytes, from, to, event -> event(event, sink));
    }
  }

  @Override
  public void end(Sink<RecognitionEvent> sink) {
    if (!done) {
      decoder.end(event -> event(event, sink));
    }
    if (!done) {
      throw TranscriptReader.failed(target, "its stream of text ended without an end mark");
    }
  }

  private void event(SseEvent event, Sink<RecognitionEvent> sink) {
    if (done) {
      return;
    }
    if (event.length() < 16 && event.dataText().strip().equals("[DONE]")) {
      if (!begun) {
        throw TranscriptReader.failed(target, "its stream of text has nothing in it");
      }
      finish(Optional.empty(), sink);
      return;
    }
    JsonValue data = object(event);
    String named = Members.text(data, "type");
    String type = named.isEmpty() ? event.event() : named;
    JsonValue error = data.get("error");
    if (type.equals("error") || (error != null && !error.isNull())) {
      throw TranscriptReader.failure(target, data);
    }
    if (type.equals("transcript.text.delta")) {
      delta(Members.text(data, "delta"), TranscriptDocument.logprobs(data), sink);
    } else if (type.equals("transcript.text.segment")) {
      segment(data);
    } else if (type.equals("transcript.text.done")) {
      finish(TranscriptDocument.read(data), sink);
    } else if (Members.text(data, "object").endsWith(".chunk")) {
      chunk(data, sink);
    }
  }

  private void delta(String more, List<TokenLogprob> tokens, Sink<RecognitionEvent> sink) {
    begun = true;
    room(more.length(), tokens.size());
    logprobs.addAll(tokens);
    if (!more.isEmpty()) {
      text.append(more);
      sink.event(new RecognitionEvent.Delta(more, tokens));
    }
  }

  private void segment(JsonValue data) {
    begun = true;
    Segment segment = TranscriptDocument.segment(data);
    if (segment != null) {
      room(segment.text().length(), 1);
      segments.add(segment);
    }
  }

  /**
   * Each stretch that the server cuts long sound into has its own finish reason: none is an end.
   */
  private void chunk(JsonValue data, Sink<RecognitionEvent> sink) {
    begun = true;
    for (JsonValue choice : Members.objects(data, "choices")) {
      JsonValue delta = choice.get("delta");
      if (delta != null && delta.isObject() && Members.count(choice, "index").orElse(0) == 0) {
        delta(Members.text(delta, "content"), List.of(), sink);
      }
    }
    RecognitionUsage counted = Usages.read(data.get("usage"));
    // Servers that count continuously tell the sum up to now.
    usage = counted.equals(RecognitionUsage.UNKNOWN) ? usage : counted;
  }

  private void room(int characters, int parts) {
    if (text.length() + characters > CHARACTERS_MAX
        || segments.size() + logprobs.size() + parts > PARTS_MAX) {
      throw TranscriptReader.failed(target, "its stream of text is too long");
    }
  }

  private void finish(Optional<Transcript> last, Sink<RecognitionEvent> sink) {
    Transcript told = last.orElseGet(() -> Transcript.ofText(""));
    sink.event(
        new RecognitionEvent.Answer(
            new Transcript(
                text.isEmpty() ? told.text() : text.toString().strip(),
                told.language(),
                told.languageProbability(),
                told.languages(),
                told.seconds(),
                segments.isEmpty() ? told.segments() : segments,
                logprobs.isEmpty() ? told.logprobs() : logprobs,
                told.usage().equals(RecognitionUsage.UNKNOWN) ? usage : told.usage(),
                told.extra())));
    done = true;
    sink.complete();
  }

  /** A piece that cannot be read would be a hole in the text. */
  private JsonValue object(SseEvent event) {
    @Nullable JsonValue value = null;
    try {
      value = Json.parse(event.data(), event.from(), event.to(), JsonLimits.DEFAULT);
    } catch (JsonSyntaxException _) {
      // Told below.
    }
    if (value == null || !value.isObject()) {
      throw TranscriptReader.failed(target, "an event of its stream of text is no JSON object");
    }
    return value;
  }
}
