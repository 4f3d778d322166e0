package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Recogniser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * speaches: base URI {@code …/v1}; models that must be installed, a wrong key is 403, events are
 * always raw samples at the model's own rate, counts are zeros in {@code token_usage}.
 */
public final class FakeSpeaches extends OpenAiFamily {
  private static final Set<String> FORMATS = Set.of("pcm", "mp3", "wav", "flac", "opus", "aac");
  private static final Set<List<String>> GRANULARITIES =
      Set.of(
          List.of(),
          List.of("segment"),
          List.of("word"),
          List.of("segment", "word"),
          List.of("word", "segment"));
  private static final List<String> VOICES = List.of("af_bella", "af_heart", "bm_george");

  /** Has these models installed, or Kokoro when none is named. */
  public FakeSpeaches(String... models) {
    super(
        "/v1",
        new Wire(),
        models.length > 0 ? List.of(models) : List.of("speaches-ai/Kokoro-82M-v1.0-ONNX"));
  }

  @Override
  protected boolean guarded(RecordedRequest request) {
    return !request.path().equals("/health");
  }

  @Override
  Answer other(RecordedRequest request) {
    if (request.path().equals("/health")) {
      return Answer.json(200, Json.object().put("message", "OK"));
    }
    throw noRoute(request);
  }

  @Override
  Answer extra(RecordedRequest request, String path) {
    if (request.method().equals("GET") && path.equals("/audio/voices")) {
      var body = Json.object();
      var list = body.putArray("voices");
      for (var voice : VOICES) {
        list.addObject().put("name", voice).put("model_id", models().getFirst());
      }
      return Answer.json(200, body);
    }
    if (request.method().equals("POST") && path.equals("/audio/diarization")) {
      return DiarizationRoute.answer(request);
    }
    throw noRoute(request);
  }

  @Override
  Answer speak(RecordedRequest request, ObjectNode body) {
    var input = SpeechRoute.text(body);
    var voice = body.path("voice").asText();
    if (!VOICES.contains(voice)) {
      throw new Refusal(
          Trouble.INVALID, 422, "Voice '" + voice + "' is not supported. Use: " + VOICES, null);
    }
    var speed = body.path("speed").asDouble(1);
    if (speed < 0.5 || speed > 2) {
      throw new Refusal(Trouble.INVALID, 422, "speed must be between 0.5 and 2.0", null);
    }
    if (body.path("stream_format").asText("audio").equals("sse")) {
      var done = Json.object();
      done.putObject("token_usage")
          .put("input_tokens", 0)
          .put("output_tokens", 0)
          .put("total_tokens", 0);
      var failure = Json.object();
      failure.putObject("error").put("message", "the engine stopped");
      return speech().events(input, false, done, failure);
    }
    var format = body.path("response_format").asText("mp3");
    if (!FORMATS.contains(format)) {
      throw new Refusal(Trouble.INVALID, 422, "response_format is none of " + FORMATS, null);
    }
    var rate = body.path("sample_rate").asInt(speech().sampleRateHz());
    if (rate < 8_000 || rate > 48_000) {
      throw new Refusal(Trouble.INVALID, 422, "sample_rate must be 8000 to 48000", null);
    }
    return speech().streamed(input, format, rate);
  }

  @Override
  Answer transcribe(RecordedRequest request, boolean english) {
    var form = FormParts.of(request);
    requireModel(form.text("model"));
    var granularities = form.list("timestamp_granularities[]");
    if (!GRANULARITIES.contains(granularities)) {
      throw new Refusal(Trouble.FAILED, "Internal Server Error", null);
    }
    var format = form.optional("response_format").orElse("json");
    if (!Set.of("json", "text", "verbose_json", "srt", "vtt").contains(format)) {
      throw new Refusal(Trouble.INVALID, 422, "response_format is not one of them", null);
    }
    var file = form.sound("file").bytes();
    if (file.length == 0) {
      throw Refusal.invalid("The audio file is empty.", "file");
    }
    Recogniser.Heard heard;
    try {
      heard = hear(request, file);
    } catch (Recogniser.UnreadableSound e) {
      throw new Refusal(Trouble.INVALID, 415, "Failed to decode audio.", null);
    }
    if (form.isOn("stream") && !english) {
      var frames = new ArrayList<String>();
      for (var segment : heard.segments()) {
        var delta = Json.object().put("delta", " " + segment.text()).putNull("logprobs");
        frames.add(Transcripts.event("transcript.text.delta", delta));
      }
      // Its own iterator is used up by then.
      var done = Json.object().put("text", "").putNull("logprobs");
      frames.add(Transcripts.event("transcript.text.done", done));
      return Answer.events(frames);
    }
    return switch (format) {
      case "verbose_json" -> {
        // Without times of segments there are no words either.
        var timed = form.optional("without_timestamps").filter("false"::equals).isPresent();
        var words = timed && granularities.contains("word");
        var body = Transcripts.verbose(heard, english ? "translate" : "transcribe", true, words);
        yield Answer.json(200, words ? body : body.putNull("words"));
      }
      case "json" -> Answer.json(200, Transcripts.json(heard).putNull("language"));
      default -> Answer.text(200, heard.text());
    };
  }

  private static final class Wire extends DetailDialect {
    Wire() {
      super(Detail.TEXT, 403, "speaches");
    }

    @Override
    ObjectNode model(String id) {
      var model = super.model(id);
      model.putArray("language").add("en");
      return model.put(
          "task", id.contains("whisper") ? "automatic-speech-recognition" : "text-to-speech");
    }
  }
}
