package dev.parley.testkit;

import static dev.parley.testkit.backend.Http.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Credential;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Http;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.ollama.FakeOllama;
import dev.parley.testkit.openai.FakeLlamaServer;
import dev.parley.testkit.openai.FakeOpenRouter;
import dev.parley.testkit.openai.FakeVllm;
import dev.parley.testkit.openai.FakeVllmOmni;
import dev.parley.testkit.tei.FakeTei;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The fakes against the sample replies of the reference pages: every member of a sample is there,
 * short errors are equal.
 */
@EnabledIf("fixturesArePresent")
final class FixturesTest {
  private static final Path FIXTURES =
      Path.of(System.getProperty("shared.dir", ""), "reference", "backends", "fixtures");
  private static final String CHAT = "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}";

  private final Http http = new Http();

  static boolean fixturesArePresent() {
    return Files.isDirectory(FIXTURES);
  }

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void llamaServer() throws Exception {
    try (var fake = started(new FakeLlamaServer())) {
      var llama = (FakeLlamaServer) fake;
      same("llama-server-embeddings.json", post(fake, "/embeddings", "{\"input\":\"a\"}"));
      same(
          "llama-server-embeddings-base64.json",
          post(fake, "/embeddings", "{\"input\":\"a\",\"encoding_format\":\"base64\"}"));
      equal(
          "llama-server-error-too-large.json",
          post(fake, "/embeddings", "{\"input\":\"" + "a ".repeat(513) + "\"}"));
      llama.embeddings(false);
      equal(
          "llama-server-error-no-embeddings.json", post(fake, "/embeddings", "{\"input\":\"a\"}"));
      llama.loading(true);
      equal("llama-server-error-loading.json", post(fake, "/embeddings", "{}"));
    }
  }

  @Test
  void vllm() throws Exception {
    try (var fake = started(new FakeVllm())) {
      equal(
          "vllm-error.json",
          post(fake, "/chat/completions", CHAT.formatted("a", ",\"model\":\"x\"")));
      fake.require(Credential.bearer("k"));
      equal("vllm-error-401.json", post(fake, "/chat/completions", "{}"));
    }
  }

  @Test
  void tei() throws Exception {
    try (var fake = started(new FakeTei())) {
      same("tei-info.json", Json.read(http.get(at(fake, "/info")).body().getBytes(UTF_8)));
      var many = String.join(",", Collections.nCopies(40, "\"a\""));
      equal(
          "tei-error-openai-route.json",
          post(fake, "/v1/embeddings", "{\"input\":[" + many + "]}"));
    }
  }

  @Test
  void ollama() throws Exception {
    try (var fake = started(new FakeOllama())) {
      same("ollama-tags.json", Json.read(http.get(at(fake, "/api/tags")).body().getBytes(UTF_8)));
      equal("ollama-error-404.json", post(fake, "/api/chat", "{\"model\":\"x\"}"));
      same(
          "ollama-embed.json",
          post(fake, "/api/embed", "{\"model\":\"mxbai-embed-large\",\"input\":\"a\"}"));
      sameLines("ollama-chat.ndjson", ollamaLines(fake, "hi", ""));
      sameLines("ollama-chat-error.ndjson", ollamaLines(fake, "[[error]] a b", ""));
      sameLines(
          "ollama-chat-thinking-tools.ndjson",
          ollamaLines(
              fake,
              "[[think]] weather in Paris",
              ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}]"));
    }
  }

  @Test
  void openRouter() throws Exception {
    try (var fake = started(new FakeOpenRouter())) {
      var body = CHAT.formatted("[[error]] a b", ",\"model\":\"openai/gpt-4o\",\"stream\":true");
      sameEvents(
          "openrouter-chat-midstream-error.sse", http.events(at(fake, "/chat/completions"), body));
    }
  }

  @Test
  void vllmOmni() throws Exception {
    try (var fake = started(new FakeVllmOmni())) {
      var omni = (FakeVllmOmni) fake;
      same(
          "vllm-omni-chat-two-choices.json",
          post(fake, "/chat/completions", CHAT.formatted("a", "")));
      omni.layout(FakeVllmOmni.Layout.MERGED);
      same("vllm-omni-chat-merged.json", post(fake, "/chat/completions", CHAT.formatted("a", "")));
      same(
          "vllm-omni-chat-audio-only.json",
          post(fake, "/chat/completions", CHAT.formatted("a", ",\"modalities\":[\"audio\"]")));
      sameEvents("vllm-omni-chat-stream-error.sse", omniEvents(fake, "[[error]] a", ""));
      sameEvents(
          "vllm-omni-chat-stream-pcm.sse",
          omniEvents(
              fake,
              "a",
              ",\"audio\":{\"format\":\"pcm16\"},\"stream_options\":{\"include_usage\":true}"));
      sameEvents("vllm-omni-chat-stream-wav-per-chunk.sse", omniEvents(fake, "a", ""));
    }
  }

  private List<JsonNode> omniEvents(FakeBackend fake, String text, String more) throws Exception {
    return http.events(
        at(fake, "/chat/completions"), CHAT.formatted(text, more + ",\"stream\":true"));
  }

  private List<JsonNode> ollamaLines(FakeBackend fake, String text, String more) throws Exception {
    var body = CHAT.formatted(text, ",\"model\":\"qwen3:8b\"" + more);
    return lines(http.post(at(fake, "/api/chat"), body).body());
  }

  private JsonNode post(FakeBackend fake, String path, String body) throws Exception {
    return http.postJson(at(fake, path), body);
  }

  private static FakeBackend started(FakeBackend fake) {
    fake.start();
    return fake;
  }

  private static void equal(String fixture, JsonNode answer) throws IOException {
    assertThat(answer).isEqualTo(Json.read(Files.readAllBytes(FIXTURES.resolve(fixture))));
  }

  private static void same(String fixture, JsonNode answer) throws IOException {
    var expected = Json.read(Files.readAllBytes(FIXTURES.resolve(fixture)));
    assertThat(shape(List.of(answer))).as(fixture).containsAll(shape(List.of(expected)));
  }

  private static void sameLines(String fixture, List<JsonNode> answer) throws IOException {
    var expected = lines(Files.readString(FIXTURES.resolve(fixture)));
    assertThat(shape(answer)).as(fixture).containsAll(shape(expected));
    assertThat(shape(List.of(answer.getLast()))).isEqualTo(shape(List.of(expected.getLast())));
  }

  private static void sameEvents(String fixture, List<JsonNode> answer) throws IOException {
    var expected = Http.events(Files.readString(FIXTURES.resolve(fixture)));
    assertThat(shape(answer)).as(fixture).containsAll(shape(expected));
    assertThat(shape(List.of(answer.getLast())))
        .as(fixture)
        .isEqualTo(shape(List.of(expected.getLast())));
  }

  private static List<JsonNode> lines(String text) {
    return text.lines().map(line -> Json.read(line.getBytes(UTF_8))).toList();
  }

  /** The paths of all members and the kinds of their values, places in lists left out. */
  private static Set<String> shape(List<JsonNode> nodes) {
    var paths = new TreeSet<String>();
    nodes.forEach(node -> walk("", node, paths));
    return paths;
  }

  private static void walk(String path, JsonNode node, Set<String> paths) {
    if (node.isContainerNode()) {
      node.properties().forEach(e -> walk(path + "/" + e.getKey(), e.getValue(), paths));
      if (node.isArray()) {
        paths.add(path + " list");
        node.forEach(item -> walk(path, item, paths));
      }
    } else {
      paths.add(path + " " + node.getNodeType());
    }
  }
}
