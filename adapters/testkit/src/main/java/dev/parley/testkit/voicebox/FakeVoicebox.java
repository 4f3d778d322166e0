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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Voicebox: profiles as voices, each bound to what it was made of; recordings that are added to a
 * profile after it was made; whole files only; models that have to be fetched first. {@code
 * [[error]]} in a text makes the engine fail.
 */
public final class FakeVoicebox extends FakeBackend {

  /** Rate of what it speaks. */
  public static final int RATE_HZ = 24_000;

  private static final int FRAME_BYTES = 64 << 10;
  private static final int TEXT_MAX = 50_000;
  private static final int NAME_MAX = 100;
  private static final int TRANSCRIPT_MAX = 1_000;
  private static final int INSTRUCT_MAX = 500;
  private static final String USUAL_ENGINE = "qwen";
  private static final Set<String> COPYING =
      Set.of("qwen", "luxtts", "chatterbox", "chatterbox_turbo", "tada");
  private static final Pattern LANGUAGE =
      Pattern.compile("zh|en|ja|ko|de|fr|ru|pt|es|it|he|ar|da|el|fi|hi|ms|nl|no|pl|sv|sw|tr");
  private static final Pattern HEARD_LANGUAGE = Pattern.compile("en|zh|ja|ko|de|fr|ru|pt|es|it");
  private static final Pattern SIZE = Pattern.compile("base|small|medium|large|turbo");
  private static final Pattern ENGINE =
      Pattern.compile("qwen|qwen_custom_voice|luxtts|chatterbox|chatterbox_turbo|tada|kokoro");
  private static final Pattern ONE =
      Pattern.compile("(GET|DELETE|POST) /profiles/([^/]+)(/samples)?");
  private static final Pattern TRANSCRIPT =
      Pattern.compile("name=\"reference_text\"\r\n\r\n(.*?)\r\n--part-", Pattern.DOTALL);
  private static final Pattern FILE =
      Pattern.compile("name=\"file\"; filename=\"[^\"]+\"\r\n(?:[^\r\n]+\r\n)*\r\nRIFF");

  /** The oldest first. */
  private final List<Profile> profiles = new ArrayList<>();

  private int made;
  private volatile boolean downloaded = true;
  private volatile boolean picky;
  private final Recogniser recogniser = new Recogniser();
  private volatile boolean hears = true;

  /** A voice of a person on the server, and one of an engine. */
  private static final class Profile {
    private final String id;
    private final String name;
    private final String language;
    private final String type;
    private final String engine;
    private final int number;
    private int samples;

    Profile(String id, String name, String language, String type, String engine, int number) {
      this.id = id;
      this.name = name;
      this.language = language;
      this.type = type;
      this.engine = engine;
      this.number = number;
    }
  }

  /** With the profiles Morgan, which is a copied voice, and Bella, which is one of Kokoro's. */
  public FakeVoicebox() {
    super("");
    add("Morgan", "en", "cloned", "").samples = 1;
    add("Bella", "it", "preset", "kokoro");
  }

  /** Makes a profile of a recording, as its own window does, and tells its id. */
  public synchronized String make(String name) {
    var profile = add(name, "en", "cloned", "");
    profile.samples = 1;
    return profile.id;
  }

  /** Deletes every profile of that name. */
  public synchronized void delete(String name) {
    profiles.removeIf(profile -> profile.name.equals(name));
  }

  /** Takes the recordings out of every profile of that name. */
  public synchronized void empty(String name) {
    profiles.stream()
        .filter(profile -> profile.name.equals(name))
        .forEach(profile -> profile.samples = 0);
  }

  /** The names of the profiles with the number of their recordings, the oldest first. */
  public synchronized List<String> profiles() {
    return profiles.stream().map(profile -> profile.name + ":" + profile.samples).toList();
  }

  /** What it understands. */
  public Recogniser recogniser() {
    return recogniser;
  }

  /** Whether the model that writes down speech is on its disk. */
  public void hears(boolean now) {
    hears = now;
  }

  /** Whether the models are on its disk. */
  public void downloaded(boolean now) {
    downloaded = now;
  }

  /** True finds every recording too quiet. */
  public void refusesRecordings(boolean now) {
    picky = now;
  }

  private Profile add(String name, String language, String type, String engine) {
    made++;
    var id = "6f1c0a52-0000-4000-8000-%012d".formatted(made);
    var profile = new Profile(id, name, language, type, engine, made);
    profiles.add(profile);
    return profile;
  }

  @Override
  protected boolean isWork(RecordedRequest request) {
    return request.path().equals("/generate/stream") || request.path().equals("/transcribe");
  }

  @Override
  protected Answer unauthorized() {
    return detail(401, "not you");
  }

  @Override
  protected synchronized Answer answer(RecordedRequest request) {
    return switch (request.method() + " " + request.path()) {
      case "GET /" ->
          Answer.json(200, Json.object().put("message", "voicebox API").put("version", "0.4.5"));
      case "GET /health" -> health();
      case "GET /profiles" -> list();
      case "POST /profiles" -> create(request);
      case "POST /generate/stream" -> speak(request);
      case "POST /transcribe" -> transcribe(Form.of(request));
      default -> one(request);
    };
  }

  private static Answer health() {
    return Answer.json(
        200,
        Json.object()
            .put("status", "healthy")
            .put("model_loaded", false)
            .putNull("model_downloaded")
            .putNull("model_size")
            .put("gpu_available", false)
            .putNull("gpu_type")
            .putNull("vram_used_mb")
            .put("backend_type", "pytorch"));
  }

  /** The newest first. */
  private Answer list() {
    var list = Json.array();
    profiles.reversed().forEach(profile -> list.add(json(profile)));
    return Answer.json(200, list);
  }

  private static JsonNode json(Profile profile) {
    var json =
        Json.object()
            .put("id", profile.id)
            .put("name", profile.name)
            .put("language", profile.language)
            .put("voice_type", profile.type)
            .put("sample_count", profile.samples)
            .put("created_at", "2026-02-03T00:00:%02d".formatted(profile.number));
    if (profile.engine.isEmpty()) {
      return json.putNull("default_engine").putNull("preset_engine");
    }
    return json.put("default_engine", profile.engine).put("preset_engine", profile.engine);
  }

  private Answer create(RecordedRequest request) {
    JsonNode body;
    try {
      body = request.json();
    } catch (UncheckedIOException e) {
      return invalid("name", "not JSON");
    }
    var name = body.path("name").asText();
    var language = body.path("language").asText("en");
    var type = body.path("voice_type").asText("cloned");
    if (name.isEmpty() || length(name) > NAME_MAX) {
      return invalid("name", "String should have 1 to 100 characters");
    }
    if (!LANGUAGE.matcher(language).matches()) {
      return invalid("language", "String should match pattern");
    }
    if (profiles.stream().anyMatch(profile -> profile.name.equals(name))) {
      return detail(400, "A profile with the name '" + name + "' already exists.");
    }
    return type.equals("cloned")
        ? Answer.json(200, json(add(name, language, type, "")))
        : detail(400, "only copied voices are made here");
  }

  private Answer one(RecordedRequest request) {
    var route = ONE.matcher(request.method() + " " + request.path());
    if (!route.matches()) {
      return detail(404, "Not Found");
    }
    var id = route.group(2);
    var found = profiles.stream().filter(profile -> profile.id.equals(id)).findFirst();
    if (found.isEmpty()) {
      return detail(route.group(3) == null ? 404 : 400, "Profile not found");
    }
    if (route.group(3) != null) {
      return request.method().equals("POST")
          ? record(found.get(), request)
          : detail(405, "Method Not Allowed");
    }
    return switch (request.method()) {
      case "GET" -> Answer.json(200, json(found.get()));
      case "DELETE" -> {
        profiles.remove(found.get());
        yield Answer.json(200, Json.object().put("message", "Profile deleted successfully"));
      }
      default -> detail(405, "Method Not Allowed");
    };
  }

  private Answer record(Profile profile, RecordedRequest request) {
    var form = new String(request.body(), ISO_8859_1);
    var said = TRANSCRIPT.matcher(form);
    if (!FILE.matcher(form).find()) {
      return invalid("file", "Field required");
    }
    if (!said.find()) {
      return invalid("reference_text", "Field required");
    }
    var transcript = new String(said.group(1).getBytes(ISO_8859_1), UTF_8);
    if (transcript.isEmpty() || length(transcript) > TRANSCRIPT_MAX) {
      return invalid("reference_text", "String should have 1 to 1000 characters");
    }
    if (picky) {
      return detail(400, "Invalid reference audio: Audio is too quiet or silent");
    }
    profile.samples++;
    return Answer.json(
        200,
        Json.object()
            .put("id", "sample-" + profile.samples)
            .put("profile_id", profile.id)
            .put("reference_text", transcript));
  }

  private Answer speak(RecordedRequest request) {
    JsonNode body;
    try {
      body = request.json();
    } catch (UncheckedIOException e) {
      return invalid("text", "not JSON");
    }
    var text = body.path("text").asText();
    var engine = body.path("engine").asText(USUAL_ENGINE);
    if (text.isEmpty() || length(text) > TEXT_MAX) {
      return invalid("text", "String should have 1 to 50000 characters");
    }
    if (!LANGUAGE.matcher(body.path("language").asText("en")).matches()) {
      return invalid("language", "String should match pattern");
    }
    if (!ENGINE.matcher(engine).matches()) {
      return invalid("engine", "String should match pattern");
    }
    if (body.path("seed").asLong(0) < 0) {
      return invalid("seed", "Input should be greater than or equal to 0");
    }
    if (length(body.path("instruct").asText("")) > INSTRUCT_MAX) {
      return invalid("instruct", "String should have at most 500 characters");
    }
    var id = body.path("profile_id").asText();
    var found = profiles.stream().filter(profile -> profile.id.equals(id)).findFirst();
    return found.isEmpty() ? detail(404, "Profile not found") : speak(found.get(), engine, text);
  }

  private Answer speak(Profile profile, String engine, String text) {
    if (profile.engine.isEmpty() ? !COPYING.contains(engine) : !profile.engine.equals(engine)) {
      return detail(400, "Engine '" + engine + "' does not support this profile");
    }
    if (!downloaded) {
      return detail(400, "Model 1.7B is not downloaded yet. Use /generate to trigger a download.");
    }
    if (Marker.in(text, "error") || (profile.type.equals("cloned") && profile.samples == 0)) {
      return Answer.text(500, "Internal Server Error");
    }
    var wav = SpokenText.wav(text, RATE_HZ);
    var frames = new ArrayList<byte[]>();
    for (var from = 0; from < wav.length; from += FRAME_BYTES) {
      frames.add(Arrays.copyOfRange(wav, from, Math.min(wav.length, from + FRAME_BYTES)));
    }
    return new Answer(200, Map.of("content-type", "audio/wav"), frames, true);
  }

  private Answer transcribe(Form form) {
    var model = form.text("model").orElse("turbo");
    if (form.file("file").isEmpty()) {
      return invalid("file", "Field required");
    }
    if (!HEARD_LANGUAGE.matcher(form.text("language").orElse("en")).matches()) {
      return invalid("language", "String should match pattern");
    }
    if (!SIZE.matcher(model).matches()) {
      return detail(400, "Invalid model size '" + model + "'");
    }
    if (!hears) {
      var answer = Json.object();
      answer
          .putObject("detail")
          .put("message", "Whisper model " + model + " is being downloaded. Please wait.")
          .put("model_name", "whisper-" + model)
          .put("downloading", true);
      return Answer.json(202, answer);
    }
    try {
      var heard = recogniser.hear(form.file("file").orElseThrow().bytes());
      return Answer.json(
          200, Json.object().put("text", heard.text()).put("duration", heard.seconds()));
    } catch (Recogniser.UnreadableSound e) {
      return detail(500, "Error opening the file: Format not recognised.");
    }
  }

  /** As Python counts. */
  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static Answer detail(int status, String text) {
    return Answer.json(status, Json.object().put("detail", text));
  }

  private static Answer invalid(String member, String text) {
    var body = Json.object();
    var problem = body.putArray("detail").addObject().put("type", "value_error").put("msg", text);
    problem.putArray("loc").add("body").add(member);
    return Answer.json(422, body);
  }
}
