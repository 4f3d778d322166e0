package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.content.Words;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * vllm-omni's streamed reply: all text chunks, then all audio chunks; only the last modality says
 * why it ended.
 */
final class OmniStream {
  private static final int CHUNKS_BEFORE_FAILURE = 2;

  private final Dialect dialect;
  private final ChatCall call;
  private final OmniSpeech speech;
  private final String id;
  private final boolean sendsFinish;
  private final boolean speaks;
  private final List<String> frames = new ArrayList<>();

  OmniStream(Dialect dialect, ChatCall call, OmniSpeech speech, String id, boolean sendsFinish) {
    this.dialect = dialect;
    this.call = call;
    this.speech = speech;
    this.id = id;
    this.sendsFinish = sendsFinish;
    this.speaks = speech.audio() && call.said().calls().isEmpty();
  }

  Answer answer() {
    if (speech.text() || !speaks) {
      write();
    }
    if (speaks) {
      speak();
    }
    if (call.heard().asks("error")) {
      frames.subList(Math.min(CHUNKS_BEFORE_FAILURE, frames.size()), frames.size()).clear();
      var refusal = new Refusal(Trouble.FAILED, "engine stopped", null);
      frames.addAll(dialect.failedStream(refusal, Json.object()));
      return Answer.events(frames);
    }
    if (call.usageAsked()) {
      var last = envelope();
      last.putArray("choices");
      last.set("usage", call.usage());
      frames.add(Answer.event(last));
    }
    frames.add(ChatStream.DONE);
    return Answer.events(frames);
  }

  private void write() {
    add("text", opening(), null);
    Words.deltas(call.said().thought())
        .forEach(w -> add("text", Json.object().put("reasoning", w), null));
    Words.deltas(call.said().text()).forEach(w -> add("text", content(w), null));
    ToolCalls.deltas(call.said().calls()).forEach(delta -> add("text", delta, null));
    add("text", content(""), speaks ? null : call.said().finish());
  }

  private void speak() {
    add("audio", opening(), null);
    // Whole files end with the last of them, raw samples with an empty chunk after it.
    var finish = sendsFinish ? call.said().finish() : null;
    var pieces = speech.pieces();
    for (var i = 0; i < pieces.size(); i++) {
      var data = content(Base64.getEncoder().encodeToString(pieces.get(i)));
      var last = i == pieces.size() - 1;
      add("audio", data, last && !speech.raw() ? finish : null);
      if (!last) {
        add("audio", content(""), null);
      }
    }
    if (finish != null && (speech.raw() || pieces.isEmpty())) {
      add("audio", content(""), finish);
    }
  }

  private static ObjectNode opening() {
    return Json.object().put("role", "assistant").put("content", "");
  }

  private static ObjectNode content(String content) {
    return Json.object().put("content", content);
  }

  private void add(String modality, ObjectNode delta, @Nullable String finish) {
    var chunk = envelope().put("modality", modality);
    var choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", finish);
    if (frames.isEmpty()) {
      call.echoUnknown(chunk);
    }
    frames.add(Answer.event(chunk));
  }

  private ObjectNode envelope() {
    return Json.object()
        .put("id", id)
        .put("object", "chat.completion.chunk")
        .put("created", Dialect.CREATED)
        .put("model", call.model());
  }
}
