package dev.parley.testkit.voicebox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.Marker;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.SpokenText;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * A server of Voicebox's specification of an external provider: sound as an array of numbers, a
 * voice as a document of its own, and, when told so, its text in the query as in the
 * specification's own sample. {@code [[error]]} in a text makes the engine fail.
 */
public final class FakeVoiceProvider extends FakeBackend {

  /** Rate of what it speaks. */
  public static final int RATE_HZ = 24_000;

  private volatile String dtype = "float32";
  private volatile boolean query;
  private final Recogniser recogniser = new Recogniser();

  /** Takes documents. */
  public FakeVoiceProvider() {
    super("");
  }

  /** Type of the numbers: float16, float32, float64 or int16; others are only named. */
  public void dtype(String name) {
    dtype = name;
  }

  /** What it understands. */
  public Recogniser recogniser() {
    return recogniser;
  }

  /** True wants the text in the query. */
  public void wantsQuery(boolean now) {
    query = now;
  }

  @Override
  protected Answer unauthorized() {
    return Answer.json(401, Json.object().put("detail", "Invalid API key"));
  }

  @Override
  protected Answer answer(RecordedRequest request) {
    return switch (request.method() + " " + request.path()) {
      case "GET /health" ->
          Answer.json(200, Json.object().put("status", "healthy").put("model", "Qwen3-TTS"));
      case "POST /v1/generate" -> generate(request);
      case "POST /v1/create_voice_prompt" -> prompt(request);
      case "POST /v1/transcribe" -> transcribe(Form.of(request));
      default -> Answer.json(404, Json.object().put("detail", "Not Found"));
    };
  }

  private Answer generate(RecordedRequest request) {
    JsonNode body;
    try {
      body = request.json();
    } catch (UncheckedIOException e) {
      return missing("body", "voice_prompt");
    }
    var text = query ? parameter(request, "text") : body.path("text").asText();
    if (text.isEmpty()) {
      return query ? missing("query", "text") : missing("body", "text");
    }
    if (!query && !body.path("voice_prompt").isObject()) {
      return missing("body", "voice_prompt");
    }
    if (Marker.in(text, "error")) {
      return Answer.json(500, Json.object().put("detail", "the engine failed"));
    }
    var audio = Base64.getEncoder().encodeToString(array(SpokenText.samples(text, RATE_HZ)));
    return Answer.json(
        200, Json.object().put("audio", audio).put("sample_rate", RATE_HZ).put("dtype", dtype));
  }

  private Answer transcribe(Form form) {
    var file = form.file("audio");
    if (file.isEmpty()) {
      return missing("body", "audio");
    }
    try {
      return Answer.json(
          200, Json.object().put("text", recogniser.hear(file.get().bytes()).text()));
    } catch (Recogniser.UnreadableSound e) {
      return Answer.json(500, Json.object().put("detail", "the sound cannot be read"));
    }
  }

  private Answer prompt(RecordedRequest request) {
    var form = new String(request.body(), ISO_8859_1);
    if (query && parameter(request, "reference_text").isEmpty()) {
      return missing("query", "reference_text");
    }
    if (!form.contains("name=\"audio\"") || !form.contains("RIFF")) {
      return missing("body", "audio");
    }
    var answer = Json.object();
    answer.putObject("voice_prompt").put("ref_text", "as heard").put("codes", form.length());
    return Answer.json(200, answer);
  }

  private static String parameter(RecordedRequest request, String name) {
    var all = URI.create(request.target()).getRawQuery();
    for (var pair : (all == null ? "" : all).split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
      }
    }
    return "";
  }

  private static Answer missing(String where, String what) {
    var body = Json.object();
    var problem =
        body.putArray("detail").addObject().put("type", "missing").put("msg", "Field required");
    problem.putArray("loc").add(where).add(what);
    return Answer.json(422, body);
  }

  private byte[] array(float[] samples) {
    var out = ByteBuffer.allocate(samples.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (var sample : samples) {
      switch (dtype) {
        case "float16" -> out.putShort(Float.floatToFloat16(sample));
        case "int16" -> out.putShort((short) Math.round(sample * 32_767));
        case "float64" -> out.putDouble(sample);
        default -> out.putFloat(sample);
      }
    }
    var bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }
}
