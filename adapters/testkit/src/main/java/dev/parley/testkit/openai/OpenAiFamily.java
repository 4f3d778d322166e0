package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.Marker;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Recogniser;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The routes that all OpenAI-like fakes share. Markers in the last user text or prompt: {@code
 * [[context]]} is refused as too long, {@code [[status 429]]} with that status in the dialect's
 * words, {@code [[error]]} fails before the reply or, in a stream, after two chunks.
 */
public abstract sealed class OpenAiFamily extends FakeBackend
    permits FakeOpenAi,
        FakeVllm,
        FakeLlamaServer,
        FakeOpenRouter,
        FakeVllmOmni,
        FakeSpeaches,
        FakeKokoro {
  private final Dialect dialect;
  private final SpeechRoute speech = new SpeechRoute();
  private final Recogniser recogniser = new Recogniser();

  /** Requests between their answer and the time that it takes. */
  private final Map<RecordedRequest, Duration> work = new ConcurrentHashMap<>();

  private final AtomicLong numbers = new AtomicLong();
  private volatile List<String> models;

  OpenAiFamily(String basePath, Dialect dialect, List<String> models) {
    super(basePath);
    this.dialect = dialect;
    this.models = List.copyOf(models);
  }

  /** The ids served from now on. */
  public final void models(String... ids) {
    models = List.of(ids);
  }

  /** The ids served. */
  public final List<String> models() {
    return models;
  }

  /** How it speaks, if it does. */
  public final SpeechRoute speech() {
    return speech;
  }

  /** How it understands what is said, if it does. */
  public final Recogniser recogniser() {
    return recogniser;
  }

  /** Writes down a recording; not every backend has that route. */
  Answer transcribe(RecordedRequest request, boolean english) {
    throw noRoute(request);
  }

  /** What is said in the file of a request, which takes its time. */
  final Recogniser.Heard hear(RecordedRequest request, byte[] file) {
    var heard = recogniser.hear(file);
    work.put(request, recogniser.work(heard.seconds()));
    return heard;
  }

  /** Answers a text to speak; not every backend has that route. */
  Answer speak(RecordedRequest request, ObjectNode body) {
    throw noRoute(request);
  }

  /** Sound that is written while it is made comes in time, any other when all of it is made. */
  @Override
  protected Behaviour timed(RecordedRequest request, Answer own, Behaviour behaviour) {
    var busy = work.remove(request);
    if (busy != null && !busy.isZero()) {
      return behaviour.delayed(behaviour.beforeHeaders().plus(busy));
    }
    if (own.status() != 200 || !request.path().endsWith("/audio/speech")) {
      return behaviour;
    }
    return speech.behave(request.json().path("input").asText(), own, behaviour);
  }

  final Dialect dialect() {
    return dialect;
  }

  @Override
  protected final Answer unauthorized() {
    return dialect.unauthorized();
  }

  @Override
  protected final Answer answer(RecordedRequest request) {
    var number = numbers.incrementAndGet();
    Answer answer;
    try {
      admit();
      answer = request.path().startsWith(base()) ? route(request, number) : other(request);
    } catch (Refusal e) {
      answer = dialect.refuse(e);
    }
    return answer.with(dialect.headers(number));
  }

  /** Refuses every request while the server is in no state to serve. */
  void admit() {}

  /** Paths outside the base path, such as health. */
  Answer other(RecordedRequest request) {
    throw noRoute(request);
  }

  /** Paths below the base path that only this backend has. */
  Answer extra(RecordedRequest request, String path) {
    throw noRoute(request);
  }

  Answer chat(ChatCall call, long number) {
    var id = dialect.idPrefix() + number;
    return call.stream()
        ? new ChatStream(dialect, call, id).answer()
        : new ChatReply(dialect, call, id).answer();
  }

  private Answer route(RecordedRequest request, long number) {
    var path = request.path().substring(base().length());
    if (request.method().equals("GET") && path.startsWith("/models")) {
      return models(URLDecoder.decode(path.substring("/models".length()), StandardCharsets.UTF_8));
    }
    return switch (request.method() + " " + path) {
      case "POST /chat/completions" -> {
        var body = body(request);
        var call = ChatCall.read(body, dialect.begun(body));
        refuseMarked(call.heard().userText());
        dialect.checkChat(call);
        yield chat(call, number);
      }
      case "POST /completions" -> {
        var body = body(request);
        refuseMarked(body.path("prompt").asText());
        yield new Completions(dialect, body, number).answer();
      }
      case "POST /audio/speech" -> {
        var body = body(request);
        refuseMarked(body.path("input").asText());
        yield speak(request, body);
      }
      case "POST /audio/transcriptions" -> transcribe(request, false);
      case "POST /audio/translations" -> transcribe(request, true);
      case "POST /embeddings" -> Embeddings.answer(dialect, body(request));
      default -> extra(request, path);
    };
  }

  private Answer models(String slashAndId) {
    if (slashAndId.isEmpty()) {
      return Answer.json(200, dialect.models(models));
    }
    var id = slashAndId.substring(1);
    requireModel(id);
    return Answer.json(200, dialect.model(id));
  }

  /** Whether a request may leave the model out. */
  boolean modelOptional() {
    return false;
  }

  /** Whether a request may name a model that is not served. */
  boolean ignoresModel() {
    return false;
  }

  private ObjectNode body(RecordedRequest request) {
    ObjectNode body;
    try {
      if (!(request.json() instanceof ObjectNode object)) {
        throw new Refusal(Trouble.INVALID, "The JSON body is not an object.", null);
      }
      body = object;
    } catch (UncheckedIOException e) {
      throw new Refusal(Trouble.INVALID, "We could not parse the JSON body of your request.", null);
    }
    if (body.path("model").isTextual()) {
      if (!ignoresModel()) {
        requireModel(body.path("model").asText());
      }
    } else if (modelOptional()) {
      body.put("model", models.getFirst());
    } else {
      throw new Refusal(Trouble.INVALID, "you must provide a model parameter", "model");
    }
    return body;
  }

  final void requireModel(String id) {
    if (!models.contains(id)) {
      throw new Refusal(Trouble.NO_MODEL, "The model `" + id + "` does not exist.", "model");
    }
  }

  private static void refuseMarked(String text) {
    if (Marker.in(text, "context")) {
      throw new Refusal(
          Trouble.CONTEXT, "This model's maximum context length is 4096 tokens.", "messages");
    }
    Marker.number(text, "status")
        .ifPresent(status -> {
          throw new Refusal(Trouble.of(status), status, "refused as the text asked", null);
        });
  }

  private String base() {
    return baseUri().getPath();
  }

  static Refusal noRoute(RecordedRequest request) {
    return new Refusal(
        Trouble.NO_ROUTE, "Invalid URL (" + request.method() + " " + request.path() + ")", null);
  }

  static ObjectNode modelEntry(String id, String owner) {
    return Json.object()
        .put("id", id)
        .put("object", "model")
        .put("created", Dialect.CREATED)
        .put("owned_by", owner);
  }
}
