package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.content.Tone;
import java.util.Base64;

/** vllm-omni's whole reply in either layout. */
record OmniReply(
    Dialect dialect, ChatCall call, OmniSpeech speech, String id, FakeVllmOmni.Layout layout) {
  private static final long EXPIRES_AT = Dialect.CREATED + 86_400;

  Answer answer() {
    var root =
        Json.object()
            .put("id", id)
            .put("object", "chat.completion")
            .put("created", Dialect.CREATED)
            .put("model", call.model());
    if (call.heard().asks("error")) {
      return dialect.failed(new Refusal(Trouble.FAILED, "engine stopped", null), root);
    }
    var choices = root.putArray("choices");
    var speaks = speech.audio() && call.said().calls().isEmpty();
    if (layout == FakeVllmOmni.Layout.MERGED) {
      var message = choice(choices);
      write(message, speech.text() || !speaks);
      if (speaks) {
        speak(message);
      }
    } else {
      if (speech.text() || !speaks) {
        write(choice(choices), true);
      }
      if (speaks) {
        speak(choice(choices).putNull("content"));
      }
    }
    root.set("usage", call.usage());
    call.echoUnknown(root);
    return Answer.json(200, root);
  }

  private ObjectNode choice(ArrayNode choices) {
    var choice = choices.addObject().put("index", 0).put("finish_reason", call.said().finish());
    return choice.putObject("message").put("role", "assistant");
  }

  private void write(ObjectNode message, boolean text) {
    var said = call.said();
    if (said.calls().isEmpty() && text) {
      message.put("content", said.text());
    } else {
      message.putNull("content");
    }
    if (!said.calls().isEmpty()) {
      ToolCalls.whole(message, said.calls());
    }
    if (!said.thought().isEmpty()) {
      message.put("reasoning", said.thought());
    }
  }

  private void speak(ObjectNode message) {
    var merged = layout == FakeVllmOmni.Layout.MERGED;
    message
        .putObject("audio")
        .put("id", "audio-0123456789abcdef")
        .put("data", Base64.getEncoder().encodeToString(speech.whole()))
        .put("expires_at", EXPIRES_AT)
        .put("transcript", merged ? call.said().text() : "");
    if (merged) {
      message
          .putObject("audio_metadata")
          .put("format", speech.format())
          .put("sample_rate_hz", Tone.SAMPLE_RATE)
          .put("frame_count", speech.millis() * Tone.SAMPLE_RATE / 1000)
          .put("channels", 1);
    }
  }
}
