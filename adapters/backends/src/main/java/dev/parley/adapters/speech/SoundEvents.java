package dev.parley.adapters.speech;

import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.BodyReader.Sink;
import dev.parley.adapters.http.ErrorBody;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.error.HubException;
import dev.parley.core.framing.SseDecoder;
import dev.parley.core.framing.SseEvent;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SpeechUsage;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sound as server-sent events: {@code speech.audio.delta} with base64, {@code speech.audio.done},
 * {@code speech.audio.error}. The name stands in the data, on a line of its own, or on both. A
 * stream that ends without its end mark broke off. Servers that put a WAV header before their
 * samples, or one before each piece, are read as if they had not.
 */
final class SoundEvents implements SoundReader.Part {

  private final Target target;
  private final SseDecoder decoder = new SseDecoder();
  private final @Nullable WavStripper stripper;
  private final WholeSamples samples;
  private boolean heard;
  private boolean done;

  SoundEvents(Target target, AudioEncoding encoding) {
    this.target = target;
    this.stripper = encoding.isHeaderless() ? new WavStripper() : null;
    this.samples = WholeSamples.of(encoding, 1);
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<SpeechEvent> sink) {
    if (!done) {
      decoder.feed(bytes, from, to, event -> event(event, sink));
    }
  }

  @Override
  public void end(Sink<SpeechEvent> sink) {
    if (!done) {
      decoder.end(event -> event(event, sink));
    }
    if (!done) {
      throw SoundReader.failed(target, "its stream of sound ended without an end mark");
    }
  }

  private void event(SseEvent event, Sink<SpeechEvent> sink) {
    if (done) {
      return;
    }
    if (event.dataEquals("[DONE]")) {
      finish(sink);
      return;
    }
    JsonValue data = object(event);
    JsonValue type = data.get("type");
    String name = type != null && type.isString() ? type.asString() : event.event();
    JsonValue error = data.get("error");
    if (name.endsWith("error") || (error != null && !error.isNull())) {
      throw broken(data);
    }
    switch (name) {
      case "speech.audio.delta" -> delta(data, sink);
      case "speech.audio.done" -> {
        usage(data).ifPresent(counts -> sink.event(new SpeechEvent.Counted(counts)));
        finish(sink);
      }
      default -> {
        // Servers announce other things too; only these three are about the sound.
      }
    }
  }

  private void delta(JsonValue data, Sink<SpeechEvent> sink) {
    JsonValue named = data.get("audio");
    JsonValue base64 = named != null && named.isString() ? named : data.get("delta");
    if (base64 == null || !base64.isString()) {
      throw SoundReader.failed(target, "a piece of its stream of sound has no audio");
    }
    byte[] bytes = decoded(base64.asString());
    WavStripper headers = stripper;
    pass(headers == null ? bytes : headers.strip(bytes), sink);
  }

  private void pass(byte[] bytes, Sink<SpeechEvent> sink) {
    byte[] sound = samples.next(bytes);
    if (sound.length > 0) {
      heard = true;
      sink.event(new SpeechEvent.Sound(sound));
    }
  }

  private void finish(Sink<SpeechEvent> sink) {
    WavStripper headers = stripper;
    if (headers != null) {
      pass(headers.end(), sink);
    }
    if (!heard) {
      throw SoundReader.failed(target, "its stream of sound has no sound in it");
    }
    done = true;
    sink.complete();
  }

  /** Some servers count in {@code usage}, others in {@code token_usage}; zeros say nothing. */
  private static Optional<SpeechUsage> usage(JsonValue data) {
    JsonValue named = data.get("usage");
    JsonValue counts = named != null && named.isObject() ? named : data.get("token_usage");
    if (counts == null || !counts.isObject()) {
      return Optional.empty();
    }
    long in = Counts.of(counts.get("input_tokens"));
    long out = Counts.of(counts.get("output_tokens"));
    long total = Math.max(in + out, Counts.of(counts.get("total_tokens")));
    return total == 0 ? Optional.empty() : Optional.of(new SpeechUsage(in, out, total));
  }

  private byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw SoundReader.failed(target, "the sound in its stream is not base64");
    }
  }

  /** A piece that cannot be read would be a hole in the speech. */
  private JsonValue object(SseEvent event) {
    try {
      JsonValue value = Json.parse(event.data(), event.from(), event.to(), JsonLimits.DEFAULT);
      if (value.isObject()) {
        return value;
      }
    } catch (JsonSyntaxException _) {
      // Told below.
    }
    throw SoundReader.failed(target, "an event of its stream of sound is not a JSON object");
  }

  private HubException broken(JsonValue data) {
    ErrorBody found = ErrorBody.of(data);
    return found == null
        ? SoundReader.failed(target, "its stream of sound reported an error")
        : new HubException(BackendFailures.insideSuccess(target, found));
  }
}
