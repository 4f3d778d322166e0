package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.ollama.FakeOllama;
import dev.parley.testkit.openai.FakeLlamaServer;
import dev.parley.testkit.openai.FakeOpenAi;
import dev.parley.testkit.openai.FakeOpenRouter;
import dev.parley.testkit.openai.FakeVllm;
import dev.parley.testkit.openai.FakeVllmOmni;
import dev.parley.testkit.tei.FakeTei;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every JSON answer against OpenAI's published schemas. The bytes of a backend of the same dialect
 * pass as they are, so what such a backend leaves out is missing here, too: these gaps are the
 * backend's and are listed one by one in {@link #GAPS}.
 */
final class SchemaTest {

  private static final String TOOLS =
      ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}]";

  /**
   * Where backends' own bytes do not fit: the schema of completions knows no unfinished choice
   * although OpenAI streams them so, vLLM writes null for members that it does not use, and
   * vllm-omni leaves out what is null.
   */
  private static final List<String> GAPS =
      List.of(
          "CreateCompletionResponse $.choices[].finish_reason: null found",
          "CreateCompletionResponse $.choices[].finish_reason: does not have a value in the",
          "CreateChatCompletionResponse $.choices[].message.annotations: null found",
          "CreateChatCompletionResponse $.choices[].message.function_call: null found");

  private static final List<String> GAPS_OF_OMNI =
      List.of(
          "CreateChatCompletionResponse $.choices[].message: required property 'refusal' not",
          "CreateChatCompletionResponse $.choices[]: required property 'logprobs' not");

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              """
              server: { port: 0, drain_timeout: 1s, heartbeat: 60s }
              backends:
                - { id: openai, type: openai, base_url: "${OPENAI}" }
                - { id: vllm, type: vllm, base_url: "${VLLM}" }
                - { id: llama, type: llama-server, base_url: "${LLAMA}" }
                - { id: router, type: openrouter, base_url: "${ROUTER}" }
                - id: omni
                  type: vllm-omni
                  base_url: "${OMNI}"
                  models:
                    - id: omni-model
                      capabilities: [chat]
                      input_modalities: [text, audio, image, video]
                      output_modalities: [text, audio]
                - id: ollama
                  type: ollama
                  base_url: "${OLLAMA}"
                  models: [ { id: ollama-model, capabilities: [chat, embeddings] } ]
                - id: tei
                  type: tei
                  base_url: "${TEI}"
                  models: [ { id: tei-model, capabilities: [embeddings] } ]
              """)
          .behind("OPENAI", new FakeOpenAi("openai-model"))
          .behind("VLLM", new FakeVllm("vllm-model"))
          .behind("LLAMA", new FakeLlamaServer("llama-model"))
          .behind("ROUTER", new FakeOpenRouter("router-model"))
          .behind("OMNI", new FakeVllmOmni("omni-model"))
          .behind("OLLAMA", new FakeOllama("ollama-model"))
          .behind("TEI", new FakeTei("tei-model"));

  @SuppressWarnings("NullAway.Init")
  private static Schemas schemas;

  private final Http http = new Http(hub);

  @BeforeAll
  static void load() throws IOException {
    assumeTrue(
        Schemas.available(),
        () -> "OpenAI's description is not at " + Schemas.file() + ": set -Dshared.dir");
    schemas = new Schemas(Schemas.file());
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "vllm", "llama", "router", "omni", "ollama"})
  void chatAnswers(String backend) {
    valid("CreateChatCompletionResponse", chat(backend, "hello there", "").json());
    valid("CreateChatCompletionResponse", chat(backend, "weather in Paris", TOOLS).json());
    if (!backend.equals("ollama")) {
      // Ollama gives one answer to a call, and the hub says so.
      valid("CreateChatCompletionResponse", chat(backend, "two", ",\"n\":2").json());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "vllm", "llama", "router", "omni", "ollama"})
  void chatChunks(String backend) {
    String usage = ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";
    chunks("CreateChatCompletionStreamResponse", chat(backend, "hello there", usage));
    chunks(
        "CreateChatCompletionStreamResponse",
        chat(backend, "weather in Paris", TOOLS + ",\"stream\":true"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "vllm", "llama"})
  void completions(String backend) {
    String body = "{\"model\":\"" + backend + "-model\",\"prompt\":\"once upon\"";
    valid("CreateCompletionResponse", http.post("/v1/completions", body + "}").json());
    chunks("CreateCompletionResponse", http.post("/v1/completions", body + ",\"stream\":true}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "vllm", "ollama", "tei"})
  void embeddings(String backend) {
    // As numbers; the schema knows no base64.
    String body = "{\"model\":\"" + backend + "-model\",\"input\":[\"one\",\"two\"]}";
    valid("CreateEmbeddingResponse", http.post("/v1/embeddings", body).json());
  }

  @Test
  void spokenAnswers() {
    String audio =
        ",\"modalities\":[\"text\",\"audio\"],\"audio\":{\"voice\":\"alloy\",\"format\":\"wav\"}";
    valid("CreateChatCompletionResponse", chat("omni", "hello there", audio).json());
    chunks(
        "CreateChatCompletionStreamResponse",
        chat("omni", "hello there", audio + ",\"stream\":true"));
  }

  @Test
  void models() {
    valid("ListModelsResponse", http.get("/v1/models").json());
    valid("Model", http.get("/v1/models/vllm-model").json());
  }

  @Test
  void errors() throws Exception {
    valid("ErrorResponse", http.post(Http.CHAT, "{").json());
    valid("ErrorResponse", http.get("/v1/models/none").json());
    valid("ErrorResponse", http.get("/none").json());
    // All at once: the hub tries most of them again before it says so.
    List<Callable<Reply>> asking = new ArrayList<>();
    for (int status : new int[] {400, 401, 404, 429, 500, 501, 503}) {
      for (String backend : List.of("openai", "vllm", "llama", "router", "omni", "ollama")) {
        asking.add(() -> chat(backend, "[[status " + status + "]]", ""));
      }
    }
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Reply> told : callers.invokeAll(asking)) {
        Reply reply = told.get();
        assertThat(reply.status()).isGreaterThanOrEqualTo(400);
        valid("ErrorResponse", reply.json());
      }
    }
  }

  @Test
  void wouldNoticeWhatIsMissing() {
    assertThat(schemas.problems("Model", json("{\"id\":\"x\",\"object\":\"model\"}"))).isNotEmpty();
    assertThat(schemas.problems("ErrorResponse", json("{\"error\":{\"message\":\"x\"}}")))
        .isNotEmpty();
    assertThat(schemas.problems("CreateChatCompletionResponse", json("{}"))).isNotEmpty();
  }

  private Reply chat(String backend, String text, String more) {
    return http.post(Http.CHAT, Http.chatBody(backend + "-model", text, more));
  }

  private static void chunks(String schema, Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    List<String> events = reply.events();
    events.subList(0, events.size() - 1).forEach(event -> valid(schema, json(event)));
  }

  private static void valid(String schema, JsonNode value) {
    List<String> problems =
        schemas.problems(schema, value).stream()
            .map(problem -> schema + " " + problem.replaceAll("\\[\\d+]", "[]"))
            .toList();
    assertThat(problems)
        .as(value.toString())
        .filteredOn(problem -> GAPS.stream().noneMatch(problem::startsWith))
        .filteredOn(problem ->
            !value.path("model").asText().equals("omni-model")
                || GAPS_OF_OMNI.stream().noneMatch(problem::startsWith))
        .isEmpty();
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
