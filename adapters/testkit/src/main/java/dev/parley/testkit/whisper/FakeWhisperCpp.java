package dev.parley.testkit.whisper;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * whisper.cpp's server: English unless told otherwise, tokens of a few bytes where others give
 * words, segments that are cut every 60 characters while tokens have times, a line for each segment
 * in its text, and 404 for nearly everything that goes wrong. It translates by leaving words as
 * they are.
 */
public final class FakeWhisperCpp extends FakeBackend {
  private static final double BYTES_OF_SECOND = 32_000;
  private static final int TOKEN_BYTES = 3;
  private static final int SEGMENT_CHARS = 60;
  private static final double DETECTED = 0.97;

  private final Recogniser recogniser = new Recogniser();
  private final String shared;
  private final String inference;
  private volatile boolean loading;

  /** At the usual path. */
  public FakeWhisperCpp() {
    super("");
    this.shared = "";
    this.inference = "/inference";
  }

  /** As started with {@code --request-path} and {@code --inference-path}. */
  public FakeWhisperCpp(String requestPath, String inferencePath) {
    super(requestPath + inferencePath);
    this.shared = requestPath;
    this.inference = inferencePath;
  }

  /** What it understands, and how long that takes. */
  public Recogniser recogniser() {
    return recogniser;
  }

  /** Whether its model is still being loaded. */
  public void loading(boolean now) {
    loading = now;
  }

  @Override
  protected Answer unauthorized() {
    return Answer.text(401, "Unauthorized");
  }

  @Override
  protected Behaviour timed(RecordedRequest request, Answer own, Behaviour behaviour) {
    return isWork(request) && behaviour.equals(Behaviour.usual())
        ? behaviour.delayed(recogniser.work(request.bodySize() / BYTES_OF_SECOND))
        : behaviour;
  }

  @Override
  protected Answer answer(RecordedRequest request) {
    var path = request.path();
    if (loading) {
      return notFound(path);
    }
    if (request.method().equals("GET") && path.equals(shared + "/health")) {
      return Answer.json(200, Json.object().put("status", "ok"));
    }
    return request.method().equals("POST") && path.equals(shared + inference)
        ? infer(Form.of(request))
        : notFound(path);
  }

  /** What its last handler makes of any status that it did not think of. */
  private static Answer notFound(String path) {
    return Answer.text(404, "File Not Found (" + path + ")");
  }

  private static Answer invalid() {
    return Answer.text(400, "Invalid request");
  }

  private Answer infer(Form form) {
    var asked = form.text("language").orElse("en").toLowerCase(Locale.ROOT);
    if (form.file("file").isEmpty() || (!asked.equals("auto") && Codes.of(asked).isEmpty())) {
      return invalid();
    }
    Heard heard;
    try {
      heard = recogniser.hear(form.file("file").orElseThrow().bytes());
    } catch (Recogniser.UnreadableSound e) {
      return invalid();
    }
    var language = asked.equals("auto") ? heard.language() : Codes.of(asked).orElseThrow();
    return switch (form.text("response_format").orElse("json")) {
      case "json" -> Answer.json(200, Json.object().put("text", text(lines(form, heard))));
      case "verbose_json" -> Answer.json(200, verbose(form, heard, language));
      default -> Answer.text(200, text(lines(form, heard)));
    };
  }

  private static ObjectNode verbose(Form form, Heard heard, String language) {
    var body = Json.object();
    body.put("task", is(form, "translate") ? "translate" : "transcribe");
    body.put("language", Codes.name(language)).put("duration", heard.seconds());
    var lines = is(form, "detect_language") ? List.<Line>of() : lines(form, heard);
    body.put("text", text(lines));
    if (!is(form, "no_language_probabilities")) {
      body.put("detected_language", Codes.name(heard.language()));
      body.put("detected_language_probability", DETECTED);
      var all = body.putObject("language_probabilities").put("haw", 0.001);
      all.put(heard.language(), DETECTED);
    }
    var segments = body.putArray("segments");
    lines.forEach(line -> add(segments, line, tokenTimes(form)));
    return body;
  }

  private static void add(ArrayNode list, Line line, boolean times) {
    var entry = list.addObject().put("id", list.size() - 1).put("text", line.text());
    entry.put("start", line.tokens().getFirst().start());
    entry.put("end", line.tokens().getLast().end());
    var ids = entry.putArray("tokens");
    var words = entry.putArray("words");
    for (var token : line.tokens()) {
      ids.add(token.text().hashCode() & 0xFFFF);
      // Without times each token is said to be 10 ms before the beginning.
      words
          .addObject()
          .put("word", token.text())
          .put("start", times ? token.start() : -0.01)
          .put("end", times ? token.end() : -0.01)
          .put("t_dtw", -1)
          .put("probability", Recogniser.PROBABILITY);
    }
    entry.put("temperature", 0.0).put("avg_logprob", Recogniser.AVG_LOGPROB);
    entry.put("no_speech_prob", Recogniser.NO_SPEECH);
  }

  private record Token(String text, double start, double end) {}

  /** A segment; its text is whole where its tokens cut a character. */
  private record Line(String text, List<Token> tokens) {}

  private static String text(List<Line> lines) {
    var text = new StringBuilder();
    lines.forEach(line -> text.append(line.text()).append('\n'));
    return text.toString();
  }

  private static List<Line> lines(Form form, Heard heard) {
    var given = form.text("max_len").orElse("0");
    var longest = given.equals("0") ? SEGMENT_CHARS : Integer.parseInt(given);
    var lines = new ArrayList<Line>();
    for (var segment : heard.segments()) {
      var text = new StringBuilder();
      var tokens = new ArrayList<Token>();
      for (var word : segment.words()) {
        var said = " " + word.text();
        if (tokenTimes(form) && text.length() + said.length() > longest && !tokens.isEmpty()) {
          lines.add(new Line(text.toString(), List.copyOf(tokens)));
          text.setLength(0);
          tokens.clear();
        }
        text.append(said);
        tokens.addAll(tokens(said, word.start(), word.end()));
      }
      lines.add(new Line(text.toString(), List.copyOf(tokens)));
    }
    return lines;
  }

  /** A few bytes each, wherever that falls. */
  private static List<Token> tokens(String word, double start, double end) {
    var bytes = word.getBytes(UTF_8);
    var tokens = new ArrayList<Token>();
    for (var from = 0; from < bytes.length; from += TOKEN_BYTES) {
      var to = Math.min(bytes.length, from + TOKEN_BYTES);
      var each = (end - start) / bytes.length;
      tokens.add(
          new Token(
              new String(bytes, from, to - from, UTF_8), start + from * each, start + to * each));
    }
    return tokens;
  }

  private static boolean tokenTimes(Form form) {
    var told = form.text("token_timestamps").orElse(null);
    return told == null
        ? form.text("response_format").orElse("").equals("verbose_json")
        : is(form, "token_timestamps");
  }

  private static boolean is(Form form, String name) {
    return Set.of("true", "1", "yes", "y").contains(form.text(name).orElse(""));
  }
}
