package dev.parley.adapters.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.contract.Calls;
import dev.parley.adapters.contract.Recorder;
import dev.parley.core.error.HubError;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import dev.parley.core.spi.Backend;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.ollama.FakeOllama;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What this server does differently, against its fake; the base URL has a {@code /v1} here. */
class OllamaTest {

  private final FakeOllama fake = new FakeOllama();
  private Backend backend;

  @BeforeEach
  void open() {
    fake.start();
    backend = Calls.open("ollama", URI.create(fake.baseUri() + "/v1"));
  }

  @AfterEach
  void close() {
    backend.close();
    fake.close();
  }

  private Recorder all(DocumentCall call) {
    return Recorder.all(backend.chat().orElseThrow().chat(call, new Target("o", "qwen3:8b")));
  }

  private String sent() {
    return fake.requests("/api/chat").getLast().text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        ",\"temperature\":0.70,\"top_k\":4|\"options\":{\"temperature\":0.70,\"top_k\":4}",
        ",\"max_tokens\":5,\"max_completion_tokens\":7|\"options\":{\"num_predict\":7}",
        ",\"options\":{\"seed\":1},\"seed\":2|\"options\":{\"seed\":1}",
        ",\"stop\":\"x\"|\"options\":{\"stop\":[\"x\"]}",
        ",\"reasoning_effort\":\"none\"|\"think\":false",
        ",\"reasoning_effort\":\"xhigh\"|\"think\":\"max\"",
        ",\"response_format\":{\"type\":\"json_object\"}|\"format\":\"json\"",
        ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"a\":1.0}}}"
            + "|\"format\":{\"a\":1.0}",
        ",\"keep_alive\":-1,\"think\":true|\"keep_alive\":-1,\"think\":true",
        ",\"n\":1|\"stream\":false",
      })
  void requestMembersGoWhereOllamaReadsThem(String more, String expected) {
    all(Calls.chat("hi", false, more)).whole();
    assertThat(sent()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        ",\"n\":2|n:",
        ",\"logit_bias\":{\"1\":2}|logit_bias:",
        ",\"tool_choice\":\"required\"|tool_choice:",
        ",\"modalities\":[\"text\",\"audio\"]|modalities:",
      })
  void whatOllamaCannotDoIsRefusedByName(String more, String named) {
    assertThat(all(Calls.chat("hi", true, more)).error())
        .isInstanceOfSatisfying(
            HubError.CapabilityMissing.class,
            error -> assertThat(error.missing()).startsWith(named));
    assertThat(fake.requests("/api/chat")).isEmpty();
  }

  @Test
  void imagesByAddressAreRefused() {
    DocumentCall call =
        Calls.call(
            CallKind.CHAT,
            """
            {"messages":[{"role":"user","content":[
              {"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]}]}
            """);
    assertThat(all(call).error()).isInstanceOf(HubError.CapabilityMissing.class);
  }

  @Test
  void toolHistoryBecomesOllamas() {
    DocumentCall call =
        Calls.call(
            CallKind.CHAT,
            """
            {"messages":[{"role":"user","content":"weather"},
              {"role":"assistant","content":null,"reasoning_content":"hm","tool_calls":[
                {"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"x\\": 1.0}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"sun"}]}
            """);
    assertThat(all(call).whole().body().raw()).contains("The tool said: sun");
    assertThat(sent())
        .contains("\"arguments\":{\"x\": 1.0}", "\"tool_name\":\"f\"", "\"thinking\":\"hm\"");
  }

  @Test
  void argumentsThatAreNoJsonAreTheCallersMistake() {
    DocumentCall call =
        Calls.call(
            CallKind.CHAT,
            """
            {"messages":[{"role":"assistant","tool_calls":[
              {"function":{"name":"f","arguments":"{x"}}]}]}
            """);
    assertThat(all(call).error())
        .isInstanceOfSatisfying(
            HubError.InvalidRequest.class,
            error ->
                assertThat(error.field())
                    .isEqualTo("messages[0].tool_calls[0].function.arguments"));
  }

  @Test
  void thoughtsBecomeReasoningContent() {
    assertThat(all(Calls.chat("hi [[think]]", true, "")).joined("reasoning_content"))
        .isEqualTo("Thinking about: hi");
  }

  @Test
  void countsThatOllamaLeftOutAreUnknownToTheMeter() {
    fake.cachedPrompt(true);
    Chunk last = all(Calls.chat("hi", true, "")).chunks().getLast();
    assertThat(last.json().raw()).contains("\"prompt_tokens\":0");
    assertThat(Objects.requireNonNull(last.usage()).prompt()).isEqualTo(TokenUsage.UNKNOWN);
  }

  @Test
  void durationsStayOnTheLastDelta() {
    Chunk finish =
        all(Calls.chat("hi", true, "")).chunks().stream()
            .filter(chunk -> chunk.kind() == Chunk.Kind.FINISH)
            .findFirst()
            .orElseThrow();
    assertThat(finish.json().raw())
        .contains("\"total_duration\":312000000", "\"created\":1787306400");
  }

  @Test
  void aBrokenLineIsSkipped() {
    fake.enqueue(
        Behaviour.status(
            200,
            """
            {"message":{"content":"a"},"done":false}
            {oops

            {"message":{"content":"b"},"done":true,"done_reason":"length"}\
            """));
    Recorder got = all(Calls.chat("hi", true, ""));
    assertThat(got.joined("content")).isEqualTo("ab");
    assertThat(got.reasons()).containsExactly("length");
  }

  @Test
  void listsWhatModelsCanDo() {
    assertThat(backend.models().join())
        .anySatisfy(model -> {
          assertThat(model.id()).isEqualTo("qwen3:8b");
          assertThat(model.capabilities())
              .containsExactlyInAnyOrder(Capability.CHAT, Capability.STT);
          assertThat(model.contextLength()).hasValue(40_960);
        });
  }
}
