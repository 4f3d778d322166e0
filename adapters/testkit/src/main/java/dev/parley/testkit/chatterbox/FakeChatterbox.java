package dev.parley.testkit.chatterbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Gate;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.Marker;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.SpokenText;
import dev.parley.testkit.content.Wave;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chatterbox-TTS-Server: one route that speaks, file names as voices, recordings that are neither
 * overwritten nor deleted, a turbo engine that fails at short ones, and no answer to anybody while
 * it speaks. {@code [[error]]} in a text makes the engine fail.
 */
public final class FakeChatterbox extends FakeBackend {

  /** Rate of what it speaks. */
  public static final int RATE_HZ = 24_000;

  private static final double TURBO_SECONDS = 5;
  private static final Pattern FILE =
      Pattern.compile(
          "name=\"files\"; filename=\"([^\"]*)\"\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--part-",
          Pattern.DOTALL);
  private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9._-]");

  private final List<String> presets = List.of("Emily.wav", "Gianna.wav");
  private final Map<String, byte[]> references = new LinkedHashMap<>();
  private volatile String engine = "turbo";
  private volatile boolean loaded = true;
  private volatile boolean refusing;
  private volatile @Nullable Gate speaking;

  /** Turbo, loaded. */
  public FakeChatterbox() {
    super("");
  }

  /** {@code original}, {@code turbo} or {@code multilingual}. */
  public void engine(String type) {
    engine = type;
  }

  /** Whether its engine is there. */
  public void loaded(boolean now) {
    loaded = now;
  }

  /** True answers each upload with an error inside a success. */
  public void refusesUploads(boolean now) {
    refusing = now;
  }

  /** Speaks until the gate opens, and answers nobody until then. */
  public void speakingUntil(@Nullable Gate gate) {
    speaking = gate;
  }

  /** Forgets the recordings, as a server does that was set up again. */
  public synchronized void loseReferences() {
    references.clear();
  }

  /** The names of the recordings that it has. */
  public synchronized List<String> references() {
    return List.copyOf(references.keySet());
  }

  @Override
  protected boolean isWork(RecordedRequest request) {
    return request.path().equals("/tts");
  }

  @Override
  protected Behaviour timed(RecordedRequest request, Answer own, Behaviour behaviour) {
    Gate gate = speaking;
    return gate == null ? behaviour : behaviour.gatedBeforeHeaders(gate);
  }

  @Override
  protected Answer unauthorized() {
    return detail(401, "not you");
  }

  @Override
  protected synchronized Answer answer(RecordedRequest request) {
    return switch (request.method() + " " + request.path()) {
      case "GET /api/model-info" -> info();
      case "GET /get_predefined_voices" -> voices();
      case "GET /get_reference_files" -> names(references.keySet());
      case "POST /upload_reference" -> upload(request);
      case "POST /tts" -> speak(request);
      default -> detail(404, "Not Found");
    };
  }

  private Answer info() {
    var info =
        Json.object()
            .put("loaded", loaded)
            .put("type", engine)
            .put("device", "cuda")
            .put("sample_rate", RATE_HZ);
    var languages = info.putObject("supported_languages").put("en", "English");
    if (engine.equals("multilingual")) {
      languages.put("de", "German").put("fr", "French");
    }
    return Answer.json(200, info);
  }

  private Answer voices() {
    var list = Json.array();
    for (var name : presets) {
      list.addObject().put("display_name", name.replace(".wav", "")).put("filename", name);
    }
    return Answer.json(200, list);
  }

  private static Answer names(Iterable<String> names) {
    var list = Json.array();
    names.forEach(list::add);
    return Answer.json(200, list);
  }

  /** A file that is there already stays as it is, and is reported as if it were new. */
  private Answer upload(RecordedRequest request) {
    var body = Json.object();
    var uploaded = body.putArray("uploaded_files");
    var errors = body.putArray("errors");
    var files = FILE.matcher(new String(request.body(), ISO_8859_1));
    while (files.find()) {
      var name = ODD.matcher(files.group(1)).replaceAll("_");
      if (refusing) {
        errors.addObject().put("filename", name).put("error", "Invalid audio file.");
      } else {
        references.putIfAbsent(name, files.group(2).getBytes(ISO_8859_1));
        uploaded.add(name);
      }
    }
    return uploaded.isEmpty() && errors.isEmpty()
        ? detail(400, "No files provided.")
        : Answer.json(200, body);
  }

  private Answer speak(RecordedRequest request) {
    JsonNode body;
    try {
      body = request.json();
    } catch (UncheckedIOException e) {
      return detail(422, "not JSON");
    }
    var text = body.path("text").asText();
    if (text.isEmpty()) {
      return detail(422, "text: at least one character");
    }
    if (!loaded) {
      return detail(503, "TTS engine model is not currently loaded or available.");
    }
    var clone = body.path("voice_mode").asText("predefined").equals("clone");
    var name = body.path(clone ? "reference_audio_filename" : "predefined_voice_id").asText();
    if (name.isEmpty()) {
      return detail(400, "Missing the name of a file.");
    }
    if (clone ? !references.containsKey(name) : !presets.contains(name)) {
      return detail(
          404, (clone ? "Reference audio file '" : "Voice file '") + name + "' not found.");
    }
    if (Marker.in(text, "error")
        || (clone && engine.equals("turbo") && seconds(name) <= TURBO_SECONDS)) {
      return detail(500, "TTS engine failed to synthesize audio.");
    }
    return Answer.of(200, "audio/wav", SpokenText.wav(text, RATE_HZ));
  }

  private double seconds(String reference) {
    var wav = references.getOrDefault(reference, new byte[0]);
    return wav.length <= Wave.HEADER_BYTES
        ? 0
        : Wave.data(wav).length / 2.0 / Wave.sampleRateHz(wav);
  }

  private static Answer detail(int status, String text) {
    return Answer.json(status, Json.object().put("detail", text));
  }
}
