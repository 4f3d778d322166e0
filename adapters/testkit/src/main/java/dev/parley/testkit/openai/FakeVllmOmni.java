package dev.parley.testkit.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import java.net.URLDecoder;
import java.util.List;

/**
 * vllm-omni serving Qwen3-Omni: base URI {@code …/v1}. Speaks in addition to writing unless {@code
 * modalities} says {@code ["text"]}; streamed audio is base64 in {@code delta.content} of chunks
 * whose {@code modality} is {@code audio}. The voice is {@link dev.parley.testkit.content.Tone},
 * unless the system message has it read the user's text aloud: then it is that text, spoken. Asked
 * to write down, to translate (words stay as they are) or to name the language of a recording, it
 * does.
 */
public final class FakeVllmOmni extends OpenAiFamily {
  private volatile Layout layout = Layout.TWO_CHOICES;
  private volatile boolean sendsFinish = true;
  private volatile boolean keepsVoices = true;

  /** How text and audio share a whole reply. */
  public enum Layout {
    /** Two choices, both with index 0. */
    TWO_CHOICES,
    /** One choice with content, audio and audio_metadata. */
    MERGED
  }

  private final OmniTts tts = new OmniTts(dialect(), speech());

  /** How a request asks for speech that comes while it is made. */
  public enum StreamRule {
    /** {@code stream_format} decides; {@code stream} alone means events. Since mid-June 2026. */
    EXPLICIT,
    /** {@code stream} alone decides, and means raw bytes. */
    FLAG_ONLY;

    StreamForm form(ObjectNode body) {
      var stream = body.path("stream").asBoolean(false);
      return switch (this) {
        case FLAG_ONLY -> stream ? StreamForm.RAW : StreamForm.NONE;
        case EXPLICIT ->
            switch (body.path("stream_format").asText("")) {
              case "sse" -> StreamForm.EVENTS;
              case "audio" -> StreamForm.RAW;
              default -> stream ? StreamForm.EVENTS : StreamForm.NONE;
            };
      };
    }
  }

  enum StreamForm {
    NONE,
    RAW,
    EVENTS
  }

  /** Serves this model: it converses when it has Omni in its name, and speaks when it has TTS. */
  public FakeVllmOmni(String model) {
    super("/v1", new VllmDialect(), List.of(model));
  }

  /** Chooses how speech that streams is asked for. */
  public void streamRule(StreamRule now) {
    tts.rule(now);
  }

  /** Loses every voice that was uploaded, as a server does that is set up anew. */
  public void forgetVoices() {
    tts.forgetVoices();
  }

  /** The names of the voices that were uploaded. */
  public List<String> keptVoices() {
    return tts.keptVoices();
  }

  /** False is a server with several API processes, which has no routes for voices. */
  public void keepsVoices(boolean now) {
    keepsVoices = now;
  }

  @Override
  Answer extra(RecordedRequest request, String path) {
    var name = path.startsWith("/audio/voices/") ? path.substring("/audio/voices/".length()) : "";
    if (keepsVoices && !talks()) {
      switch (request.method() + " " + (name.isEmpty() ? path : "/audio/voices/*")) {
        case "GET /audio/voices" -> {
          return tts.voices();
        }
        case "POST /audio/voices" -> {
          return tts.keep(request);
        }
        case "DELETE /audio/voices/*" -> {
          return tts.forget(URLDecoder.decode(name, UTF_8));
        }
        default -> {
          // No route of this name.
        }
      }
    }
    throw noRoute(request);
  }

  @Override
  Answer speak(RecordedRequest request, ObjectNode body) {
    if (talks()) {
      throw Refusal.invalid("This model does not support the speech route", "model");
    }
    return tts.speak(body);
  }

  private boolean talks() {
    return !models().getFirst().contains("TTS");
  }

  /** Serves {@code Qwen/Qwen3-Omni-30B-A3B-Instruct}. */
  public FakeVllmOmni() {
    this("Qwen/Qwen3-Omni-30B-A3B-Instruct");
  }

  /** Chooses the layout of whole replies. */
  public void layout(Layout now) {
    layout = now;
  }

  /** False is an old server whose spoken streams end without any finish reason. */
  public void sendsFinish(boolean now) {
    sendsFinish = now;
  }

  @Override
  protected boolean guarded(RecordedRequest request) {
    return request.path().startsWith("/v1");
  }

  @Override
  boolean modelOptional() {
    return true;
  }

  @Override
  Answer other(RecordedRequest request) {
    return switch (request.path()) {
      case "/health" -> Answer.json(200, Json.object().put("status", "healthy"));
      case "/version" -> Answer.json(200, Json.object().put("version", "0.30.0"));
      default -> throw noRoute(request);
    };
  }

  @Override
  Answer chat(ChatCall call, long number) {
    var told = OmniEars.told(call, recogniser());
    var speech = OmniSpeech.of(told, speech());
    var id = dialect().idPrefix() + number;
    return told.stream()
        ? new OmniStream(dialect(), told, speech, id, sendsFinish).answer()
        : new OmniReply(dialect(), told, speech, id, layout).answer();
  }
}
