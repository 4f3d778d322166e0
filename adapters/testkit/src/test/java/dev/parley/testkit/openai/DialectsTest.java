package dev.parley.testkit.openai;

import static dev.parley.testkit.backend.Http.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Credential;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Http;
import dev.parley.testkit.backend.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DialectsTest {
  private final Http http = new Http();

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void vllmHasReasoningAndIntegerCodes() throws Exception {
    try (var fake = new FakeVllm()) {
      fake.start();
      var message = chat(fake, "[[think]] hi", "").at("/choices/0/message");
      assertThat(message.path("reasoning").asText()).isEqualTo("Thinking about: hi");
      assertThat(message.has("tool_calls")).isFalse();
      assertThat(chat(fake, "hi", ",\"model\":\"x\"").at("/error/code").isInt()).isTrue();
      assertThat(http.get(fake.origin().resolve("/health")).body()).isEmpty();
      assertThat(http.get(at(fake, "/models")).body())
          .contains("max_model_len", "\"owned_by\":\"vllm\"");
    }
  }

  @Test
  void vllmGuardsOnlyItsApi() throws Exception {
    try (var fake = new FakeVllm()) {
      fake.start();
      fake.require(Credential.bearer("k"));
      assertThat(http.get(at(fake, "/models")).body()).isEqualTo("{\"error\":\"Unauthorized\"}");
      assertThat(http.get(fake.origin().resolve("/health")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void vllmEndsAFailedStreamWithDone() throws Exception {
    try (var fake = new FakeVllm()) {
      fake.start();
      var body =
          http.post(at(fake, "/chat/completions"), request("[[error]] a b", ",\"stream\":true"))
              .body();
      assertThat(body).contains("InternalServerError").endsWith("data: [DONE]\n\n");
    }
  }

  @Test
  void llamaServerIsUnavailableWhileLoading() throws Exception {
    try (var fake = new FakeLlamaServer()) {
      fake.start();
      fake.loading(true);
      var health = http.get(fake.origin().resolve("/health"));
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).contains("unavailable_error");
      fake.loading(false);
      assertThat(http.get(fake.origin().resolve("/props")).body()).contains("n_ctx");
    }
  }

  @Test
  void llamaServerRefusesWhatItCannotEmbed() throws Exception {
    try (var fake = new FakeLlamaServer()) {
      fake.start();
      assertThat(embed(fake, "a", ",\"dimensions\":2").at("/error/code").asInt()).isEqualTo(400);
      assertThat(embed(fake, "a ".repeat(600), "").at("/error/code").asInt()).isEqualTo(500);
      assertThat(
              embed(fake, "a", ",\"encoding_format\":\"base64\"")
                  .at("/data/0/encoding_format")
                  .asText())
          .isEqualTo("base64");
      fake.embeddings(false);
      assertThat(embed(fake, "a", "").at("/error/type").asText()).isEqualTo("not_supported_error");
    }
  }

  @Test
  void llamaServerChatsWithCommentsAndTimings() throws Exception {
    try (var fake = new FakeLlamaServer()) {
      fake.start();
      assertThat(chat(fake, "hi", ",\"model\":\"anything\"").has("timings")).isTrue();
      assertThat(http.post(at(fake, "/chat/completions"), request("hi", ",\"stream\":true")).body())
          .startsWith(": ");
      assertThat(chat(fake, "[[context]]", "").at("/error/n_ctx").isInt()).isTrue();
    }
  }

  @Test
  void openRouterFailsInside200() throws Exception {
    try (var fake = new FakeOpenRouter()) {
      fake.start();
      var model = ",\"model\":\"openai/gpt-4o\"";
      var whole = http.post(at(fake, "/chat/completions"), request("[[error]]", model));
      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.body()).startsWith("{\"error\"");
      var stream =
          http.post(
                  at(fake, "/chat/completions"),
                  request("[[error]] a b", model + ",\"stream\":true"))
              .body();
      assertThat(stream).startsWith(": OPENROUTER PROCESSING\n\n").doesNotContain("[DONE]");
      assertThat(Http.events(stream).getLast().at("/choices/0/finish_reason").asText())
          .isEqualTo("error");
    }
  }

  @Test
  void openRouterAlwaysStreamsUsageAndListsModelsItsOwnWay() throws Exception {
    try (var fake = new FakeOpenRouter()) {
      fake.start();
      var body = request("hi", ",\"model\":\"openai/gpt-4o\",\"stream\":true");
      var events = http.events(at(fake, "/chat/completions"), body);
      assertThat(events.getLast().at("/usage/cost").isNumber()).isTrue();
      var models = Json.read(http.get(at(fake, "/models")).body().getBytes(StandardCharsets.UTF_8));
      assertThat(models.at("/data/0").has("object")).isFalse();
      assertThat(models.at("/data/0/architecture/input_modalities")).isNotEmpty();
      assertThat(http.get(at(fake, "/key")).statusCode()).isEqualTo(200);
    }
  }

  private JsonNode chat(FakeBackend fake, String text, String more) throws Exception {
    return http.postJson(at(fake, "/chat/completions"), request(text, more));
  }

  private JsonNode embed(FakeBackend fake, String text, String more) throws Exception {
    return http.postJson(at(fake, "/embeddings"), "{\"input\":\"" + text + "\"" + more + "}");
  }

  private static String request(String text, String more) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]" + more + "}";
  }
}
