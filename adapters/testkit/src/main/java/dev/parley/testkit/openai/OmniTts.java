package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Wave;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The speech route and the voices of vllm-omni with a Qwen3-TTS model, whose name tells which task
 * it is made for.
 */
final class OmniTts {
  private static final List<String> VOICES =
      List.of(
          "aiden", "dylan", "eric", "ono_anna", "ryan", "serena", "sohee", "uncle_fu", "vivian");
  private static final Set<String> LANGUAGES =
      Set.of(
          "auto",
          "chinese",
          "english",
          "japanese",
          "korean",
          "german",
          "french",
          "russian",
          "portuguese",
          "spanish",
          "italian");
  private static final int SAMPLE_BYTES_MAX = 10_000_000;
  private static final int INSTRUCTIONS_MAX = 500;

  private record Kept(int bytes, String transcript) {}

  private final Dialect dialect;
  private final SpeechRoute speech;
  private final Map<String, Kept> kept = new ConcurrentSkipListMap<>();
  private volatile FakeVllmOmni.StreamRule rule = FakeVllmOmni.StreamRule.EXPLICIT;

  OmniTts(Dialect dialect, SpeechRoute speech) {
    this.dialect = dialect;
    this.speech = speech;
  }

  void rule(FakeVllmOmni.StreamRule now) {
    rule = now;
  }

  void forgetVoices() {
    kept.clear();
  }

  List<String> keptVoices() {
    return List.copyOf(kept.keySet());
  }

  Answer voices() {
    var body = Json.object();
    var names = body.putArray("voices");
    VOICES.forEach(names::add);
    kept.keySet().forEach(names::add);
    var uploaded = body.putArray("uploaded_voices");
    kept.forEach((name, voice) ->
        uploaded
            .addObject()
            .put("name", name)
            .put("consent", "yes")
            .put("created_at", Dialect.CREATED)
            .put("file_size", voice.bytes())
            .put("mime_type", "audio/wav"));
    return Answer.json(200, body);
  }

  Answer keep(RecordedRequest request) {
    var form = FormParts.of(request);
    var name = form.text("name");
    var sample = form.file("audio_sample");
    if (name.isEmpty() || name.contains("/") || name.contains("\\")) {
      throw Refusal.invalid("Invalid voice name", "name");
    }
    form.text("consent");
    if (sample.length > SAMPLE_BYTES_MAX) {
      throw Refusal.invalid("File too large: at most 10MB", "audio_sample");
    }
    checkLength(sample);
    var transcript = form.optional("ref_text").orElse("");
    kept.put(name, new Kept(sample.length, transcript));
    var body = Json.object().put("success", true);
    body.putObject("voice").put("name", name).put("consent", "parley");
    return Answer.json(200, body);
  }

  Answer forget(String name) {
    if (kept.remove(name) == null) {
      throw new Refusal(Trouble.NO_ROUTE, "Voice '" + name + "' not found", null);
    }
    return Answer.json(200, Json.object().put("success", true).put("message", "deleted"));
  }

  Answer speak(ObjectNode body) {
    var input = SpeechRoute.text(body);
    checkTask(body);
    var language = body.path("language").asText("Auto");
    if (!LANGUAGES.contains(language.toLowerCase(Locale.ROOT))) {
      throw Refusal.invalid("Invalid language '" + language + "'", "language");
    }
    if (body.path("instructions").asText().length() > INSTRUCTIONS_MAX) {
      throw Refusal.invalid("Instructions too long", "instructions");
    }
    var speed = SpeechRoute.speed(body, 0.25, 4);
    var format = body.path("response_format").asText("wav");
    var form = rule.form(body);
    if (form == FakeVllmOmni.StreamForm.NONE) {
      var usage = speech.usage(input);
      return speech
          .whole(input, format, speech.sampleRateHz())
          .with(
              Map.of(
                  "x-vllm-omni-input-tokens", usage.path("input_tokens").asText(),
                  "x-vllm-omni-output-tokens", usage.path("output_tokens").asText(),
                  "x-vllm-omni-total-tokens", usage.path("total_tokens").asText()));
    }
    if (speed != 1 || !Set.of("pcm", "wav").contains(format)) {
      throw Refusal.invalid("Streaming needs pcm or wav and speed 1.0", "stream");
    }
    if (form == FakeVllmOmni.StreamForm.RAW) {
      return speech.streamed(input, format, speech.sampleRateHz());
    }
    var done = Json.object();
    done.set("usage", speech.usage(input));
    var failure = dialect.error(new Refusal(Trouble.FAILED, "codec limit reached", null));
    return speech.events(input, true, done, failure.put("action", "discard"));
  }

  private void checkTask(ObjectNode body) {
    var model = body.path("model").asText();
    var made =
        model.contains("VoiceDesign")
            ? "VoiceDesign"
            : model.contains("Base") ? "Base" : "CustomVoice";
    var voice = body.path("voice").asText(body.path("speaker").asText());
    var given = body.has("ref_audio") || body.has("ref_text") || kept.containsKey(voice);
    var task = body.path("task_type").asText(given ? "Base" : "CustomVoice");
    if (!task.equals(made)) {
      throw Refusal.invalid("Task " + task + " is not what this model was made for", "task_type");
    }
    if (!voice.isEmpty() && !kept.containsKey(voice) && !VOICES.contains(voice)) {
      throw new Refusal(
          Trouble.INVALID, "Invalid speaker '" + voice + "'. Supported: " + VOICES, null);
    }
    if (task.equals("VoiceDesign") && body.path("instructions").asText().isEmpty()) {
      throw Refusal.invalid("VoiceDesign needs instructions", "instructions");
    }
    if (task.equals("Base") && !kept.containsKey(voice)) {
      checkReference(body);
    }
  }

  private static void checkReference(ObjectNode body) {
    var uri = body.path("ref_audio").asText();
    if (!uri.startsWith("data:audio/wav;base64,")) {
      throw Refusal.invalid("Base needs ref_audio", "ref_audio");
    }
    checkLength(Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1)));
    var known = !body.path("ref_text").asText().isEmpty();
    if (!known && !body.path("x_vector_only_mode").asBoolean(false)) {
      throw Refusal.invalid("Base needs ref_text unless x_vector_only_mode is set", "ref_text");
    }
  }

  private static void checkLength(byte[] wav) {
    var seconds = Wave.data(wav).length / 2.0 / Wave.sampleRateHz(wav);
    if (seconds < 1 || seconds > 30) {
      throw Refusal.invalid("reference audio must have 1 to 30 seconds", "ref_audio");
    }
  }
}
