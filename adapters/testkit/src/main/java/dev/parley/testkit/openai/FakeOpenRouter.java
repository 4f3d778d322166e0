package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.Wishes;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * OpenRouter: base URI {@code …/api/v1}; comment lines, failures inside 200, {@code GET /key}; no
 * health route.
 */
public final class FakeOpenRouter extends OpenAiFamily {
  private static final Set<String> FORMATS =
      Set.of("wav", "mp3", "flac", "m4a", "ogg", "webm", "aac");
  private static final double SECONDS_MAX = 60.5;

  static final List<String> VOICES = List.of("alloy", "nova", "tara");

  /**
   * Serves these models, or {@code openai/gpt-4o} and {@code qwen/qwen3-8b:free} when none is
   * named.
   */
  public FakeOpenRouter(String... models) {
    super(
        "/api/v1",
        new OpenRouterDialect(),
        models.length > 0 ? List.of(models) : List.of("openai/gpt-4o", "qwen/qwen3-8b:free"));
  }

  @Override
  Answer extra(RecordedRequest request, String path) {
    return switch (request.method() + " " + path) {
      case "GET /key" -> key();
      case "GET /embeddings/models" -> Answer.json(200, dialect().models(models()));
      default -> throw noRoute(request);
    };
  }

  /** The providers' rate is stated nowhere; the whole sound comes at once. */
  @Override
  Answer speak(RecordedRequest request, ObjectNode body) {
    var input = SpeechRoute.text(body);
    var format = body.path("response_format").asText("pcm");
    if (!Set.of("mp3", "pcm").contains(format)) {
      throw Refusal.invalid("response_format must be mp3 or pcm", "response_format");
    }
    var references = body.path("input_references");
    for (var reference : references) {
      var audio = reference.path("input_audio").path("data");
      if (reference.path("type").asText().equals("input_audio") && !audio.isTextual()) {
        throw Refusal.invalid(
            "input_references[].input_audio.data is required", "input_references");
      }
    }
    var voice = body.path("voice").asText();
    if (!voice.isEmpty() && !VOICES.contains(voice)) {
      throw Refusal.invalid("Voice '" + voice + "' is not supported by the provider", "voice");
    }
    return speech().whole(input, format, speech().sampleRateHz());
  }

  /** Takes JSON with the recording as base64, and forms in which a prompt is ignored. */
  @Override
  Answer transcribe(RecordedRequest request, boolean english) {
    if (english) {
      throw noRoute(request);
    }
    var type = request.header("content-type").orElse("");
    return type.startsWith("multipart/") ? ofForm(request) : ofJson(request);
  }

  private Answer ofForm(RecordedRequest request) {
    var form = FormParts.of(request);
    var asked =
        new Asked(
            form.text("model"),
            form.optional("response_format").orElse("json"),
            form.list("timestamp_granularities[]"));
    return transcript(request, asked, form.sound("file").bytes());
  }

  private Answer ofJson(RecordedRequest request) {
    var body = request.json();
    var audio = body.path("input_audio");
    if (!audio.path("data").isTextual() || !FORMATS.contains(audio.path("format").asText())) {
      throw Refusal.invalid("input_audio must have data and a known format", "input_audio");
    }
    byte[] file;
    try {
      file = Base64.getDecoder().decode(audio.path("data").asText());
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("input_audio.data is not base64", "input_audio");
    }
    var asked =
        new Asked(
            body.path("model").asText(),
            body.path("response_format").asText("json"),
            Wishes.strings(body.path("timestamp_granularities")));
    return transcript(request, asked, file);
  }

  private record Asked(String model, String format, List<String> granularities) {}

  private Answer transcript(RecordedRequest request, Asked asked, byte[] file) {
    requireModel(asked.model());
    var verbose = asked.format().equals("verbose_json");
    if (!verbose && !asked.format().equals("json")) {
      throw Refusal.invalid("response_format must be json or verbose_json", "response_format");
    }
    if (verbose && !asked.model().matches("(openai|groq|together)/.*")) {
      throw Refusal.invalid("verbose_json is not supported by the provider", "response_format");
    }
    if (!verbose && !asked.granularities().isEmpty()) {
      throw Refusal.invalid("timestamp_granularities needs verbose_json", null);
    }
    Recogniser.Heard heard;
    try {
      heard = hear(request, file);
    } catch (Recogniser.UnreadableSound e) {
      throw Refusal.invalid(
          "The audio file could not be decoded or its format is not supported.", null);
    }
    if (heard.seconds() > SECONDS_MAX) {
      throw new Refusal(Trouble.INVALID, 504, "The provider did not answer in 60 seconds", null);
    }
    var body =
        verbose
            ? Transcripts.verbose(
                heard,
                "transcribe",
                asked.granularities().isEmpty() || asked.granularities().contains("segment"),
                asked.granularities().contains("word"))
            : Transcripts.json(heard);
    body.putObject("usage")
        .put("seconds", heard.seconds())
        .put("input_tokens", 83)
        .put("output_tokens", heard.words().size())
        .put("total_tokens", 83 + heard.words().size())
        .put("cost", 0.000508);
    return Answer.json(200, body);
  }

  private static Answer key() {
    var body = Json.object();
    body.putObject("data")
        .put("label", "fake")
        .putNull("limit")
        .putNull("limit_remaining")
        .put("usage", 0)
        .put("is_free_tier", false);
    return Answer.json(200, body);
  }
}
