package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeLlamaServer;
import dev.parley.testkit.openai.FakeOpenAi;
import dev.parley.testkit.openai.FakeVllm;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the servers differ in how they take up an answer that broke off. */
class ContinuationTest {

  /** A conversation that ends with words that the caller put into the assistant's mouth. */
  private static DocumentCall begun(String more) {
    return Calls.call(
        CallKind.CHAT,
        "{\"model\":\"any\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello you\"},"
            + "{\"role\":\"assistant\",\"content\":\"You said:\"}]"
            + more
            + "}");
  }

  private static Optional<JsonValue> continued(String type, FakeBackend fake, DocumentCall call) {
    try (Backend backend = Calls.open(type, fake.baseUri())) {
      return backend.chat().orElseThrow().continued(call, " hel");
    }
  }

  private static Recorder send(String type, FakeBackend fake, String model, DocumentCall call) {
    try (Backend backend = Calls.open(type, fake.baseUri())) {
      return Recorder.all(backend.chat().orElseThrow().chat(call, new Target("b", model)));
    }
  }

  @Test
  void llamaGoesOnWithWhatTheCallerBegan() {
    try (FakeLlamaServer fake = new FakeLlamaServer()) {
      fake.start();
      DocumentCall call = begun("");
      DocumentCall rest = call.withDocument(continued("llama-server", fake, call).orElseThrow());
      assertThat(send("llama-server", fake, "m", rest).joined("content")).isEqualTo("lo you");
    }
  }

  @Test
  void llamaIsToldNotToThinkAgain() {
    try (FakeLlamaServer fake = new FakeLlamaServer()) {
      fake.start();
      fake.thinks(true);
      String kwargs = ",\"chat_template_kwargs\":{\"x\":1.0,\"enable_thinking\":true}";
      DocumentCall call = begun(kwargs);
      assertThat(send("llama-server", fake, "m", call).error())
          .isInstanceOf(HubError.BackendRejected.class);
      JsonValue rest = continued("llama-server", fake, call).orElseThrow();
      assertThat(rest.raw())
          .contains("\"chat_template_kwargs\":{\"x\":1.0,\"enable_thinking\":false}");
      assertThat(send("llama-server", fake, "m", call.withDocument(rest)).joined("content"))
          .isEqualTo("lo you");
    }
  }

  @Test
  void vllmGoesOnWithWhatTheCallerBeganOnlyIfTheCallerSaidSo() {
    try (FakeVllm fake = new FakeVllm()) {
      fake.start();
      assertThat(continued("vllm", fake, begun(""))).isEmpty();
      DocumentCall call = begun(",\"continue_final_message\":true,\"add_generation_prompt\":false");
      DocumentCall rest = call.withDocument(continued("vllm", fake, call).orElseThrow());
      assertThat(send("vllm", fake, "Qwen/Qwen3-8B", rest).joined("content")).isEqualTo("lo you");
    }
  }

  @Test
  void aServerThatKnowsNothingOfItRefuses() {
    try (FakeOpenAi fake = new FakeOpenAi()) {
      fake.start();
      DocumentCall call = begun(",\"continue_final_message\":true");
      assertThat(send("openai", fake, "gpt-4o-mini", call).error())
          .isInstanceOf(HubError.BackendRejected.class);
      assertThat(send("openai", fake, "gpt-4o-mini", begun("")).joined("content"))
          .isEqualTo("You said: hello you");
    }
  }

  @Test
  void anAnswerThatCallsToolsIsNoBeginning() {
    try (FakeLlamaServer fake = new FakeLlamaServer()) {
      fake.start();
      DocumentCall call =
          Calls.call(
              CallKind.CHAT,
              "{\"model\":\"any\",\"messages\":[{\"role\":\"assistant\",\"content\":null,"
                  + "\"tool_calls\":[]}]}");
      assertThat(continued("llama-server", fake, call)).isEmpty();
    }
  }
}
