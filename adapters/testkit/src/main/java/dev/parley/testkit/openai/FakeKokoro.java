package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Kokoro behind Kokoro-FastAPI: base URI {@code …/v1}; blends of voices such as {@code
 * af_bella(0.7)+af_sky(0.3)}, errors with an object as {@code detail}.
 */
public final class FakeKokoro extends OpenAiFamily {
  private static final List<String> VOICES =
      List.of("af_bella", "af_heart", "af_sky", "bm_george", "ff_siwis", "jf_alpha");
  private static final Pattern SHARE = Pattern.compile("([a-z0-9_]+)(\\((\\d+(\\.\\d+)?)\\))?");

  /** Serves the model {@code kokoro}. */
  public FakeKokoro() {
    super("/v1", new DetailDialect(DetailDialect.Detail.OBJECT, 401, "kokoro"), List.of("kokoro"));
  }

  @Override
  Answer other(RecordedRequest request) {
    if (request.path().equals("/health")) {
      return Answer.json(200, Json.object().put("status", "healthy"));
    }
    throw noRoute(request);
  }

  @Override
  Answer extra(RecordedRequest request, String path) {
    if (request.method().equals("GET") && path.equals("/audio/voices")) {
      var body = Json.object();
      VOICES.forEach(body.putArray("voices")::add);
      return Answer.json(200, body);
    }
    throw noRoute(request);
  }

  @Override
  Answer speak(RecordedRequest request, ObjectNode body) {
    var input = SpeechRoute.text(body);
    for (var share : body.path("voice").asText("af_heart").split("\\+", -1)) {
      var found = SHARE.matcher(share);
      if (!found.matches() || !VOICES.contains(found.group(1))) {
        throw Refusal.invalid(
            "Voice '" + share + "' not found. Available voices: " + String.join(", ", VOICES),
            "voice");
      }
    }
    SpeechRoute.speed(body, 0.25, 4);
    var format = body.path("response_format").asText("mp3");
    return speech().streamed(input, format, speech().sampleRateHz());
  }
}
