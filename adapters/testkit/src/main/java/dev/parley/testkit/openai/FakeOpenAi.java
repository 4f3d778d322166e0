package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * OpenAI itself: base URI {@code …/v1}; nested errors with string codes, rate-limit headers, {@code
 * delta.audio}.
 */
public final class FakeOpenAi extends OpenAiFamily {
  private static final int CHARACTERS_MAX = 4_096;

  /** Serves these models, or a usual set when none is named. */
  public FakeOpenAi(String... models) {
    super(
        "/v1",
        new Wire(),
        models.length > 0
            ? List.of(models)
            : List.of(
                "gpt-4o-mini",
                "gpt-4o-audio-preview",
                "gpt-3.5-turbo-instruct",
                "text-embedding-3-small"));
  }

  private static final Set<String> VOICES =
      Set.of(
          "alloy", "ash", "ballad", "coral", "echo", "fable", "onyx", "nova", "sage", "shimmer",
          "verse", "marin", "cedar");

  @Override
  Answer speak(RecordedRequest request, ObjectNode body) {
    var input = SpeechRoute.text(body);
    var first = body.path("model").asText().startsWith("tts-1");
    if (input.length() > CHARACTERS_MAX) {
      throw Refusal.invalid("Invalid 'input': string too long.", "input");
    }
    var voice = body.path("voice").path("id").asText(body.path("voice").asText());
    if (!VOICES.contains(voice)) {
      throw Refusal.invalid(
          "Invalid value: '" + voice + "'. Supported values are: " + VOICES, "voice");
    }
    if (first && (body.has("instructions") || body.path("stream_format").asText().equals("sse"))) {
      throw Refusal.invalid("Unsupported parameter for this model.", "instructions");
    }
    SpeechRoute.speed(body, 0.25, 4);
    if (body.path("stream_format").asText().equals("sse")) {
      var done = Json.object();
      done.set("usage", speech().usage(input));
      var failure = dialect().error(new Refusal(Trouble.FAILED, "the engine stopped", null));
      return speech().events(input, false, done, failure);
    }
    var format = body.path("response_format").asText("mp3");
    return speech().streamed(input, format, speech().sampleRateHz());
  }

  @Override
  Answer transcribe(RecordedRequest request, boolean english) {
    return new OpenAiTranscription(this, request).answer(english);
  }

  private static final class Wire extends Dialect {
    @Override
    ObjectNode error(Refusal refusal) {
      var body = Json.object();
      body.putObject("error")
          .put("message", refusal.text())
          .put("type", refusal.trouble().openAiType)
          .put("param", refusal.param())
          .put("code", refusal.trouble().openAiCode);
      return body;
    }

    @Override
    ObjectNode model(String id) {
      return modelEntry(id, "system");
    }

    @Override
    void envelope(ObjectNode root) {
      root.put("service_tier", "default").put("system_fingerprint", "fp_fake");
    }

    @Override
    void message(ObjectNode message) {
      message.putArray("annotations");
    }

    @Override
    void usage(ObjectNode usage) {
      usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
      usage
          .putObject("completion_tokens_details")
          .put("reasoning_tokens", 0)
          .put("audio_tokens", 0);
    }

    @Override
    String begun(ObjectNode body) {
      if (body.has("continue_final_message")) {
        throw Refusal.invalid(
            "Unrecognized request argument supplied: continue_final_message",
            "continue_final_message");
      }
      return "";
    }

    @Override
    boolean nullUsageBefore() {
      return true;
    }

    @Override
    Map<String, String> headers(long number) {
      return Map.of(
          "x-request-id", "req_" + number,
          "openai-version", "2020-10-01",
          "openai-processing-ms", "1",
          "x-ratelimit-limit-requests", "10000",
          "x-ratelimit-remaining-requests", "9999",
          "x-ratelimit-reset-requests", "6ms",
          "x-ratelimit-limit-tokens", "200000",
          "x-ratelimit-remaining-tokens", "199990");
    }
  }
}
