package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.openai.FakeOpenAi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a stream ends: with one mark when it is whole, and never so when it is not. */
final class StreamEndingTest {

  private static final FakeOpenAi openai = new FakeOpenAi();

  @RegisterExtension
  static final HubUnderTest hub = HubUnderTest.of(Configs.OPENAI_ONCE).behind("OPENAI", openai);

  private final Http http = new Http(hub);

  @Test
  void endsWithOneMark() {
    List<String> events = http.stream("hello there", "").events();
    assertThat(events).containsOnlyOnce("[DONE]").last().isEqualTo("[DONE]");
  }

  @Test
  void metersUsageThatTheCallerDidNotAskFor() {
    Reply reply = http.stream("hello there", "");
    assertThat(reply.text()).doesNotContain("total_tokens");
    JsonNode line = hub.logs().call(reply.requestId());
    assertThat(line.path("total_tokens").asInt()).isEqualTo(6);
    assertThat(line.path("outcome").asText()).isEqualTo("ok");
    assertThat(openai.requests(Http.CHAT).getLast().json().at("/stream_options/include_usage"))
        .isEqualTo(Json.read("true".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void doesNotForceUsageOnWhoeverSaidNo() {
    Reply reply =
        http.stream("hello there", ",\"stream_options\":{\"include_usage\":false,\"x\":1.0}");
    assertThat(reply.text()).doesNotContain("total_tokens");
    assertThat(hub.logs().call(reply.requestId()).path("total_tokens").asInt()).isEqualTo(6);
    assertThat(openai.requests(Http.CHAT).getLast().text()).contains("\"x\":1.0");
  }

  @Test
  void sendsTheUsageChunkToWhoeverAsked() {
    Reply reply = http.stream("hello there", ",\"stream_options\":{\"include_usage\":true}");
    List<String> events = reply.events();
    JsonNode last = json(events.get(events.size() - 2));
    assertThat(last.path("choices")).isEmpty();
    assertThat(last.at("/usage/total_tokens").asInt()).isEqualTo(6);
    assertThat(hub.logs().call(reply.requestId()).path("total_tokens").asInt()).isEqualTo(6);
  }

  @Test
  void metersWholeAnswers() {
    Reply reply = http.chat("hello there", "");
    JsonNode line = hub.logs().call(reply.requestId());
    assertThat(line.path("prompt_tokens").asInt()).isEqualTo(2);
    assertThat(line.path("backend").asText()).isEqualTo("openai");
    assertThat(line.path("model").asText()).isEqualTo("gpt-4o-mini");
  }

  @Test
  void anErrorInMidStreamEndsItBroken() throws IOException {
    String answer = streamed("one two three [[error]]");
    broken(answer, "the engine stopped");
  }

  /** Ways in which a backend's stream can break off. */
  enum Cut {
    CLOSED(Behaviour.usual().closeAfter(3)),
    RESET(Behaviour.usual().resetAfter(3)),
    ENDED_AS_IF_WHOLE(Behaviour.usual().endAfter(3));

    private final Behaviour behaviour;

    Cut(Behaviour behaviour) {
      this.behaviour = behaviour;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCutStreamNeverEndsCleanly(Cut cut) throws IOException {
    openai.enqueue(cut.behaviour);
    broken(streamed("one two three four"), "backend 'openai' failed");
  }

  @Test
  void aCutWholeAnswerIsAnError() {
    openai.enqueue(Behaviour.usual().cutInto(40).closeAfter(2));
    http.chat("hi", "").error(502);
    openai.enqueue(Behaviour.usual().cutInto(40).resetAfter(2));
    http.chat("hi", "").error(502);
  }

  @Test
  void aBackendThatHangsUpBeforeItsAnswerIsAnError() {
    for (String more : List.of("", ",\"stream\":true")) {
      openai.enqueue(Behaviour.close());
      http.chat("hi", more).error(502);
      openai.enqueue(Behaviour.reset());
      http.chat("hi", more).error(502);
    }
  }

  private static String streamed(String text) throws IOException {
    try (RawConnection caller = new RawConnection(hub)) {
      return caller
          .post(Http.CHAT, Http.chatBody("gpt-4o-mini", text, ",\"stream\":true"))
          .untilClosed();
    }
  }

  private static void broken(String answer, String message) {
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("transfer-encoding: chunked");
    assertThat(answer).doesNotContain("[DONE]");
    assertThat(answer).as("the body's end").doesNotEndWith("0\r\n\r\n");
    int at = answer.lastIndexOf("data: {\"error\":");
    assertThat(at).as(answer).isPositive();
    String event = answer.substring(at + "data: ".length(), answer.indexOf("\n\n", at));
    JsonNode error = json(event).path("error");
    assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
    assertThat(error.path("message").asText()).contains(message);
    assertThat(answer).doesNotContain("Exception", HubUnderTest.SECRET);
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
