package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.server.websocket.WebSocketService;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.Recogniser.Heard;
import dev.parley.testkit.content.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plain vLLM: base URI {@code …/v1}; {@code /health} with an empty body, {@code /version}. Only
 * {@code /v1} asks for the key.
 */
public final class FakeVllm extends OpenAiFamily {
  private static final int FILE_BYTES_MAX = 25 << 20;
  private static final int WORDS_OF_WINDOW = 8;

  private final VllmSocket socket = new VllmSocket(recogniser());
  private volatile boolean healthy = true;
  private volatile boolean segments = true;

  /** Serves these models, or {@code Qwen/Qwen3-8B} when none is named. */
  public FakeVllm(String... models) {
    super("/v1", new VllmDialect(), models.length > 0 ? List.of(models) : List.of("Qwen/Qwen3-8B"));
  }

  /** How many sockets were opened to hear while somebody speaks. */
  public int socketsOpened() {
    return socket.opened();
  }

  /** The next sockets, so many, break in the middle of what is said. */
  public void breakSockets(int count) {
    socket.breakNext(count);
  }

  @Override
  protected Map<String, WebSocketService> sockets() {
    return Map.of("/v1/realtime", socket.service());
  }

  /** What {@code /health} says. */
  public void healthy(boolean now) {
    healthy = now;
  }

  @Override
  protected boolean guarded(RecordedRequest request) {
    return request.path().startsWith("/v1");
  }

  @Override
  boolean modelOptional() {
    return true;
  }

  /** False is a server whose model knows no times of segments. */
  public void segments(boolean now) {
    segments = now;
  }

  @Override
  Answer transcribe(RecordedRequest request, boolean english) {
    var form = FormParts.of(request);
    form.optional("model").ifPresent(this::requireModel);
    var file = form.sound("file").bytes();
    if (file.length > FILE_BYTES_MAX) {
      throw Refusal.invalid("Maximum file size exceeded", "audio_filesize_mb");
    }
    var format = form.optional("response_format").orElse("json");
    if (!Set.of("json", "text", "verbose_json").contains(format)) {
      throw Refusal.invalid("Currently only support response_format `text`, `json`.", null);
    }
    var verbose = format.equals("verbose_json");
    if (verbose && form.isOn("stream")) {
      throw Refusal.invalid("verbose_json format doesn't support streaming case", null);
    }
    if (verbose && !segments) {
      throw Refusal.invalid("Currently do not support verbose_json for this model", null);
    }
    Heard heard;
    try {
      heard = hear(request, file);
    } catch (Recogniser.UnreadableSound e) {
      throw Refusal.invalid("Invalid or unsupported audio file.", null);
    }
    if (form.isOn("stream")) {
      return stream(heard, english, form.isOn("stream_include_usage"));
    }
    if (!verbose) {
      var body = Transcripts.json(heard);
      return Answer.json(200, english ? body : body.set("usage", Transcripts.durationUsage(heard)));
    }
    var body = Transcripts.verbose(heard, "transcribe", true, false);
    body.remove("task");
    body.put("duration", String.valueOf(heard.seconds())).put("language", heard.language());
    body.path("segments").forEach(each -> ((ObjectNode) each).putNull("no_speech_prob"));
    return Answer.json(200, body.putNull("words"));
  }

  private static Answer stream(Heard heard, boolean english, boolean usage) {
    var frames = new ArrayList<String>();
    var words = Words.deltas(" " + heard.text());
    for (var i = 0; i < words.size(); i++) {
      // Long sound is cut into windows, and each window ends.
      var last = i + 1 == words.size() || (i + 1) % WORDS_OF_WINDOW == 0;
      frames.add(Answer.event(chunk(english, words.get(i), last)));
    }
    if (usage) {
      var counts = chunk(english, "", false);
      counts.putArray("choices");
      counts
          .putObject("usage")
          .put("prompt_tokens", 4)
          .put("completion_tokens", words.size())
          .put("total_tokens", 4 + words.size());
      frames.add(Answer.event(counts));
    }
    frames.add(ChatStream.DONE);
    return Answer.events(frames);
  }

  private static ObjectNode chunk(boolean english, String text, boolean last) {
    var chunk =
        Json.object()
            .put("id", "transcribe-1")
            .put("object", (english ? "translation" : "transcription") + ".chunk")
            .put("created", Dialect.CREATED);
    var choice = chunk.putArray("choices").addObject();
    choice.putObject("delta").put("content", text);
    if (last) {
      choice.put("finish_reason", "stop").putNull("stop_reason");
    }
    return chunk;
  }

  @Override
  Answer other(RecordedRequest request) {
    return switch (request.path()) {
      case "/health" -> Answer.empty(healthy ? 200 : 503);
      case "/version" -> Answer.json(200, Json.object().put("version", "0.16.0"));
      default -> throw noRoute(request);
    };
  }
}
