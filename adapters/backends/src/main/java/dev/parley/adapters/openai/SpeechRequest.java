package dev.parley.adapters.openai;

import dev.parley.adapters.speech.Expected;
import dev.parley.adapters.speech.ExtraMembers;
import dev.parley.adapters.speech.RecordedSound;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.Target;
import dev.parley.core.speech.Recording;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.TargetVoice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.Collectors;

/** Writes a call as {@code /v1/audio/speech} wants it. */
final class SpeechRequest {

  private SpeechRequest() {}

  static JsonValue write(SpeechCall call, Target target, SpeechQuirks quirks, Expected asked) {
    JsonWriter out = new JsonWriter().beginObject();
    out.member("model", target.model()).member("input", call.text().text());
    String voice = voice(call.voice(), asked);
    if (!voice.isEmpty()) {
      out.member("voice", voice);
    }
    out.member("response_format", asked.encoding().wireName());
    if (quirks.rate() == SpeechQuirks.Rate.AS_ASKED) {
      out.member("sample_rate", asked.sampleRateHz());
    }
    if (call.speed() != 1) {
      out.member("speed", call.speed());
    }
    if (quirks.events().test(target.model())) {
      out.member("stream_format", call.stream() ? "sse" : "audio");
    }
    if (!call.instructions().isEmpty()) {
      instructions(call, quirks, out);
    }
    if (call.voice() instanceof TargetVoice.Recorded recorded) {
      references(recorded.recordings().getFirst(), out);
    }
    return ExtraMembers.merged(out.endObject().toValue(), call.extra());
  }

  private static String voice(TargetVoice voice, Expected asked) {
    return switch (voice) {
      case TargetVoice.Usual _ -> asked.voice();
      case TargetVoice.Preset(String name) -> name;
      case TargetVoice.Kept(String name) -> name;
      case TargetVoice.Blended(var shares) ->
          shares.stream()
              .map(share -> share.name() + "(" + weight(share.weight()) + ")")
              .collect(Collectors.joining("+"));
      case TargetVoice.Recorded _, TargetVoice.Described _ -> "";
    };
  }

  private static String weight(double weight) {
    return BigDecimal.valueOf(weight)
        .setScale(4, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static void instructions(SpeechCall call, SpeechQuirks quirks, JsonWriter out) {
    switch (quirks.instructions()) {
      case MEMBER -> out.member("instructions", call.instructions());
      case PROVIDER_OPTION ->
          out.member(
              "provider", ProviderOptions.with(call.extra(), "instructions", call.instructions()));
    }
  }

  private static void references(Recording recording, JsonWriter out) {
    out.name("input_references").beginArray();
    out.beginObject().member("type", "input_audio").name("input_audio").beginObject();
    out.name("data");
    RecordedSound.base64(recording, out);
    out.member("format", "wav").endObject().endObject();
    if (!recording.transcript().isEmpty()) {
      out.beginObject().member("type", "text").member("text", recording.transcript()).endObject();
    }
    out.endArray();
  }
}
