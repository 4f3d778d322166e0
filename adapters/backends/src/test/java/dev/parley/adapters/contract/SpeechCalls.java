package dev.parley.adapters.contract;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Caller;
import dev.parley.core.speech.Recording;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.speech.TargetVoice;
import dev.parley.testkit.content.SpokenText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Calls to speak, made step by step from a plain one.
 *
 * @param call the call so far
 */
public record SpeechCalls(SpeechCall call) {

  /** A text in the usual voice at the usual pace, streamed. */
  public static SpeechCalls say(String text) {
    return new SpeechCalls(
        new SpeechCall(
            new SpeechText.Plain(text),
            new TargetVoice.Usual(),
            "",
            1,
            "",
            List.of(),
            Set.of(),
            OptionalLong.empty(),
            true,
            Json.EMPTY_OBJECT,
            "req-1",
            Map.of(),
            Caller.ANYONE));
  }

  /** Two seconds of a voice. */
  public static Recording recording(String transcript) {
    byte[] wav = SpokenText.wav("a voice to copy, long enough to be known", 16_000);
    return new Recording("ab".repeat(32), wav, 16_000, (wav.length - 44) / 32_000.0, transcript);
  }

  /** By a voice. */
  public SpeechCalls by(TargetVoice voice) {
    return with(
        voice, call.language(), call.speed(), call.instructions(), call.stream(), call.extra());
  }

  /** In a language. */
  public SpeechCalls in(String language) {
    return with(
        call.voice(), language, call.speed(), call.instructions(), call.stream(), call.extra());
  }

  /** At a pace. */
  public SpeechCalls at(double speed) {
    return with(
        call.voice(), call.language(), speed, call.instructions(), call.stream(), call.extra());
  }

  /** As told. */
  public SpeechCalls told(String instructions) {
    return with(
        call.voice(), call.language(), call.speed(), instructions, call.stream(), call.extra());
  }

  /** All at once. */
  public SpeechCalls whole() {
    return with(
        call.voice(), call.language(), call.speed(), call.instructions(), false, call.extra());
  }

  /** With members that nobody models. */
  public SpeechCalls extra(String json) {
    JsonValue extra = Json.parse(json.getBytes(StandardCharsets.UTF_8));
    return with(
        call.voice(), call.language(), call.speed(), call.instructions(), call.stream(), extra);
  }

  /** An SSML document. */
  public SpeechCalls ssml() {
    return new SpeechCalls(
        new SpeechCall(
            new SpeechText.Ssml("<speak>" + call.text().text() + "</speak>"),
            call.voice(),
            call.language(),
            call.speed(),
            call.instructions(),
            call.pronunciations(),
            call.marks(),
            call.seed(),
            call.stream(),
            call.extra(),
            call.requestId(),
            call.headers(),
            call.caller()));
  }

  private SpeechCalls with(
      TargetVoice voice,
      String language,
      double speed,
      String instructions,
      boolean stream,
      JsonValue extra) {
    return new SpeechCalls(
        new SpeechCall(
            call.text(),
            voice,
            language,
            speed,
            instructions,
            call.pronunciations(),
            call.marks(),
            call.seed(),
            stream,
            extra,
            call.requestId(),
            call.headers(),
            call.caller()));
  }
}
