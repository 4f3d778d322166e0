package dev.parley.testkit.whisper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.Recogniser.Heard;
import java.util.Set;

/**
 * The service around faster-whisper: segments numbered from 1, words with the space before them,
 * well before its model is loaded, and one and the same 500 for everything that goes wrong.
 */
public final class FakeFasterWhisper extends FakeBackend {
  /** The model that it was started with. */
  public static final String MODEL = "large-v3-turbo";

  private static final double BYTES_OF_SECOND = 32_000;
  private static final Set<String> TRUE = Set.of("true", "1", "yes", "on", "t", "y");
  private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "f", "n");

  private final Recogniser recogniser = new Recogniser();
  private volatile boolean loaded;

  /** Has not loaded its model yet. */
  public FakeFasterWhisper() {
    super("");
  }

  /** What it understands, and how long that takes. */
  public Recogniser recogniser() {
    return recogniser;
  }

  @Override
  protected Answer unauthorized() {
    return detail(401, "Unauthorized");
  }

  @Override
  protected Behaviour timed(RecordedRequest request, Answer own, Behaviour behaviour) {
    return isWork(request) && behaviour.equals(Behaviour.usual())
        ? behaviour.delayed(recogniser.work(request.bodySize() / BYTES_OF_SECOND))
        : behaviour;
  }

  @Override
  protected Answer answer(RecordedRequest request) {
    return switch (request.method() + " " + request.path()) {
      case "GET /health" ->
          Answer.json(
              200,
              Json.object().put("status", "ok").put("model_loaded", loaded).put("model", MODEL));
      case "POST /transcribe" -> transcribe(Form.of(request));
      case "POST /detect-language" -> detect(Form.of(request));
      default -> detail(404, "Not Found");
    };
  }

  private Answer transcribe(Form form) {
    var words = form.text("word_timestamps").orElse("true");
    if (form.file("file").isEmpty()) {
      return invalid("file", "Field required");
    }
    if (!TRUE.contains(words) && !FALSE.contains(words)) {
      return invalid("word_timestamps", "Input should be a valid boolean");
    }
    var asked = form.text("language").orElse("");
    if (!asked.isEmpty() && !Codes.knows(asked)) {
      return crashed();
    }
    try {
      var heard = hear(form);
      var body = Json.object().put("text", heard.text());
      body.put("language", asked.isEmpty() ? heard.language() : asked);
      body.put("language_probability", asked.isEmpty() ? 0.98 : 1.0);
      body.put("duration", heard.seconds());
      var segments = body.putArray("segments");
      heard.segments().forEach(segment -> add(segments, segment, TRUE.contains(words)));
      return Answer.json(200, body);
    } catch (Recogniser.UnreadableSound e) {
      return crashed();
    }
  }

  private Heard hear(Form form) {
    loaded = true;
    return recogniser.hear(form.file("file").orElseThrow().bytes());
  }

  private static void add(ArrayNode list, Recogniser.Segment segment, boolean withWords) {
    var entry =
        list.addObject()
            .put("id", segment.index() + 1)
            .put("text", segment.text())
            .put("start", segment.start())
            .put("end", segment.end());
    if (!withWords) {
      entry.putNull("words");
      return;
    }
    var words = entry.putArray("words");
    segment
        .words()
        .forEach(word ->
            words
                .addObject()
                .put("word", " " + word.text())
                .put("start", word.start())
                .put("end", word.end())
                .put("probability", Recogniser.PROBABILITY));
  }

  private Answer detect(Form form) {
    if (form.file("file").isEmpty()) {
      return invalid("file", "Field required");
    }
    try {
      var language = hear(form).language();
      var body = Json.object().put("detected_language", language).put("probability", 0.93);
      var all = body.putArray("all_languages");
      code(all.addObject(), language);
      for (var other : new String[] {"it", "es", "fr", "haw"}) {
        if (!other.equals(language)) {
          code(all.addObject(), other);
        }
      }
      return Answer.json(200, body);
    } catch (Recogniser.UnreadableSound e) {
      return crashed();
    }
  }

  private static void code(ObjectNode entry, String code) {
    entry.put("code", code).put("name", code);
  }

  /** An exception that nobody caught. */
  private static Answer crashed() {
    return Answer.text(500, "Internal Server Error");
  }

  private static Answer detail(int status, String text) {
    return Answer.json(status, Json.object().put("detail", text));
  }

  private static Answer invalid(String member, String text) {
    var body = Json.object();
    var problem = body.putArray("detail").addObject().put("type", "missing").put("msg", text);
    problem.putArray("loc").add("body").add(member);
    return Answer.json(422, body);
  }
}
