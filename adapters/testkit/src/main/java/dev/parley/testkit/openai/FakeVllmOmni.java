package dev.parley.testkit.openai;

import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import java.util.List;

/**
 * vllm-omni serving Qwen3-Omni: base URI {@code …/v1}. Speaks in addition to writing unless {@code
 * modalities} says {@code ["text"]}; streamed audio is base64 in {@code delta.content} of chunks
 * whose {@code modality} is {@code audio}. The voice is {@link dev.parley.testkit.content.Tone}.
 */
public final class FakeVllmOmni extends OpenAiFamily {
  private volatile Layout layout = Layout.TWO_CHOICES;
  private volatile boolean sendsFinish = true;

  /** How text and audio share a whole reply. */
  public enum Layout {
    /** Two choices, both with index 0. */
    TWO_CHOICES,
    /** One choice with content, audio and audio_metadata. */
    MERGED
  }

  /** Serves this model. */
  public FakeVllmOmni(String model) {
    super("/v1", new VllmDialect(), List.of(model));
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
    var speech = OmniSpeech.of(call);
    var id = dialect().idPrefix() + number;
    return call.stream()
        ? new OmniStream(dialect(), call, speech, id, sendsFinish).answer()
        : new OmniReply(dialect(), call, speech, id, layout).answer();
  }
}
