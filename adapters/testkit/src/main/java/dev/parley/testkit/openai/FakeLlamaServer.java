package dev.parley.testkit.openai;

import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * llama.cpp's server: base URI {@code …/v1}; one model whatever the request names, {@code /props},
 * a loading state.
 */
public final class FakeLlamaServer extends OpenAiFamily {
  private static final Set<String> PUBLIC =
      Set.of("/health", "/v1/health", "/models", "/v1/models", "/");

  private final LlamaDialect wire;
  private volatile boolean loading;

  /** Serves this model. */
  public FakeLlamaServer(String model) {
    this(model, new LlamaDialect());
  }

  /** Serves {@code mxbai-embed-large}. */
  public FakeLlamaServer() {
    this("mxbai-embed-large");
  }

  private FakeLlamaServer(String model, LlamaDialect wire) {
    super("/v1", wire, List.of(model));
    this.wire = wire;
  }

  /** While true every route answers 503. */
  public void loading(boolean now) {
    loading = now;
  }

  /** True is a server whose model thinks unless a request forbids it. */
  public void thinks(boolean now) {
    wire.thinks = now;
  }

  /** False is a server started without {@code --embeddings}. */
  public void embeddings(boolean now) {
    wire.embeds = now;
  }

  @Override
  protected boolean guarded(RecordedRequest request) {
    return !PUBLIC.contains(request.path());
  }

  @Override
  void admit() {
    if (loading) {
      throw new Refusal(Trouble.UNAVAILABLE, "Loading model", null);
    }
  }

  @Override
  boolean modelOptional() {
    return true;
  }

  @Override
  boolean ignoresModel() {
    return true;
  }

  /** The answer to a call without a stream looks like a stream's last event. */
  @Override
  Answer transcribe(RecordedRequest request, boolean english) {
    if (english) {
      throw new Refusal(Trouble.NO_ROUTE, "File Not Found", null);
    }
    var form = FormParts.of(request);
    Recogniser.Heard heard;
    try {
      heard = hear(request, form.sound("file").bytes());
    } catch (Recogniser.UnreadableSound e) {
      throw Refusal.invalid("Failed to load image or audio file", null);
    }
    var done = Json.object().put("text", heard.text());
    done.set("usage", Transcripts.tokenUsage(heard));
    if (!form.isOn("stream")) {
      var body = Json.object().put("type", "transcript.text.done");
      body.setAll(done);
      return Answer.json(200, body);
    }
    var frames = new ArrayList<String>();
    frames.add(": keep-alive\n\n");
    for (var word : Words.deltas(heard.text())) {
      frames.add(Transcripts.event("transcript.text.delta", Json.object().put("delta", word)));
    }
    frames.add(Transcripts.event("transcript.text.done", done));
    return Answer.events(frames);
  }

  @Override
  Answer extra(RecordedRequest request, String path) {
    if (path.equals("/health")) {
      return health();
    }
    throw new Refusal(Trouble.NO_ROUTE, "File Not Found", null);
  }

  @Override
  Answer other(RecordedRequest request) {
    return switch (request.path()) {
      case "/health" -> health();
      case "/models" -> Answer.json(200, dialect().models(models()));
      case "/props" -> props();
      default -> throw new Refusal(Trouble.NO_ROUTE, "File Not Found", null);
    };
  }

  private static Answer health() {
    return Answer.json(200, Json.object().put("status", "ok"));
  }

  private Answer props() {
    var props =
        Json.object()
            .put("total_slots", 4)
            .put("model_path", models().getFirst())
            .put("chat_template", "")
            .put("build_info", "b1-fake")
            .put("is_sleeping", false);
    props.putObject("modalities").put("vision", false).put("audio", true);
    props.putObject("default_generation_settings").put("n_ctx", LlamaDialect.CONTEXT);
    return Answer.json(200, props);
  }
}
