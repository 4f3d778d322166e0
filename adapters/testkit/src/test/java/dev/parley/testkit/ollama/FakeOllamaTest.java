package dev.parley.testkit.ollama;

import static dev.parley.testkit.backend.Http.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Http;
import dev.parley.testkit.backend.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FakeOllamaTest {
  private final FakeOllama fake = new FakeOllama();
  private final Http http = new Http();

  @BeforeEach
  void start() {
    fake.start();
  }

  @AfterEach
  void stop() {
    http.close();
    fake.close();
  }

  @Test
  void streamsUnlessToldNotTo() throws Exception {
    var lines = lines("\"hi\"", "");
    assertThat(
            lines.stream()
                .map(l -> l.at("/message/content").asText())
                .collect(Collectors.joining()))
        .isEqualTo("You said: hi");
    assertThat(lines.getLast().path("done_reason").asText()).isEqualTo("stop");
    assertThat(lines.getLast().path("prompt_eval_count").asInt()).isEqualTo(1);
    assertThat(lines("\"hi\"", ",\"stream\":false")).hasSize(1);
  }

  @Test
  void callsToolsWithArgumentsAsAnObject() throws Exception {
    var tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}]";
    var call =
        lines("\"weather in Oslo\"", tools).stream()
            .map(l -> l.at("/message/tool_calls/0/function"))
            .filter(f -> !f.isMissingNode())
            .findFirst()
            .orElseThrow();
    assertThat(call.at("/arguments/city").asText()).isEqualTo("Oslo");
  }

  @Test
  void thinksUnlessSwitchedOff() throws Exception {
    assertThat(lines("\"[[think]] hi\"", "").getFirst().at("/message/thinking").asText())
        .isEqualTo("Thinking");
    assertThat(
            lines("\"[[think]] hi\"", ",\"think\":false").getFirst().at("/message").has("thinking"))
        .isFalse();
  }

  @Test
  void failsInMidStreamWithALine() throws Exception {
    assertThat(lines("\"[[error]] a b c\"", "").getLast().path("error").isTextual()).isTrue();
  }

  @Test
  void takesOnlyTextAsContent() throws Exception {
    assertThat(
            lines("[{\"type\":\"text\",\"text\":\"a\"}]", "").getFirst().path("error").isTextual())
        .isTrue();
  }

  @Test
  void leavesOutTheCountOfACachedPrompt() throws Exception {
    fake.cachedPrompt(true);
    assertThat(lines("\"hi\"", "").getLast().has("prompt_eval_count")).isFalse();
  }

  @Test
  void knowsItsModels() throws Exception {
    assertThat(http.get(at(fake, "/")).body()).isEqualTo("Ollama is running");
    assertThat(http.get(at(fake, "/api/tags")).body())
        .contains("qwen3:8b", "thinking", "embedding");
    assertThat(http.post(at(fake, "/api/chat"), "{\"model\":\"x\"}").body())
        .isEqualTo("{\"error\":\"model 'x' not found\"}");
  }

  @Test
  void embedsTextsOnly() throws Exception {
    var body = "{\"model\":\"mxbai-embed-large\",\"input\":%s}";
    assertThat(
            http.postJson(at(fake, "/api/embed"), body.formatted("[\"a\",\"b\"]"))
                .path("embeddings"))
        .hasSize(2);
    assertThat(http.postJson(at(fake, "/api/embed"), body.formatted("[]")).path("embeddings"))
        .isEmpty();
    assertThat(http.post(at(fake, "/api/embed"), body.formatted("[1]")).statusCode())
        .isEqualTo(400);
  }

  private List<JsonNode> lines(String content, String more) throws Exception {
    var body =
        "{\"model\":\"qwen3:8b\",\"messages\":[{\"role\":\"user\",\"content\":"
            + content
            + "}]"
            + more
            + "}";
    return http.post(at(fake, "/api/chat"), body)
        .body()
        .lines()
        .map(l -> Json.read(l.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }
}
