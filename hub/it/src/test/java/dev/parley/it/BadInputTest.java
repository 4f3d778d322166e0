package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.openai.FakeOpenAi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever callers send, they get the error object, no backend sees it, and nothing is left. */
final class BadInputTest {

  private static final int LIMIT = 4 << 20;

  private static final FakeOpenAi openai = new FakeOpenAi();

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              """
              server: { port: 0, drain_timeout: 1s, request_bytes_max: 4MiB }
              backends:
                - id: openai
                  type: openai
                  base_url: "${OPENAI}"
                  auth: { scheme: bearer, token: "${SECRET}" }
                  models:
                    - { id: gpt-4o-mini, capabilities: [chat], input_modalities: [text] }
                    - { id: text-embedding-3-small, capabilities: [embeddings] }
              """)
          .behind("OPENAI", openai);

  private final Http http = new Http(hub);

  @BeforeEach
  void forget() {
    openai.forgetRequests();
  }

  @AfterEach
  void nothingReachedTheBackendAndTheHubStillServes() {
    assertThat(openai.requests(Http.CHAT)).isEmpty();
    assertThat(http.chat("still there?", "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "{",
        "nonsense",
        "[]",
        "\"text\"",
        "null",
        "{\"model\":\"gpt-4o-mini\",}",
        "{\"model\":\"gpt-4o-mini\"} {}",
        "{'model':1}",
        "{\"a\":01}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\ud800\n\"}"
      })
  void refusesWhatIsNoJsonObject(String body) {
    assertThat(http.post(Http.CHAT, body).error(400).path("code").asText())
        .isEqualTo("invalid_value");
  }

  @Test
  void saysWhereTheJsonIsWrong() {
    String text = "{\n  \"model\": \"gpt-4o-mini\",\n  \"messages\": [}\n";
    String message = http.post(Http.CHAT, text).error(400).path("message").asText();
    assertThat(message).contains("line 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions | {\"model\":7,\"messages\":[]} | model",
        "/v1/chat/completions | {\"model\":\"gpt-4o-mini\"} | messages",
        "/v1/chat/completions | {\"model\":\"gpt-4o-mini\",\"messages\":[]} | messages",
        "/v1/chat/completions | {\"model\":\"gpt-4o-mini\",\"messages\":\"hi\"} | messages",
        "/v1/chat/completions | {\"model\":\"gpt-4o-mini\",\"messages\":[1]} | messages[0]",
        "/v1/chat/completions | {\"model\":\"gpt-4o-mini\",\"messages\":[{}]} | messages[0].role",
        "/v1/chat/completions | {\"messages\":[{\"role\":\"user\",\"content\":1}]} | messages[0].content",
        "/v1/chat/completions | {\"messages\":[{\"role\":\"user\",\"content\":[1]}]} |"
            + " messages[0].content[0]",
        "/v1/chat/completions | {\"stream\":\"yes\",\"messages\":[]} | stream",
        "/v1/chat/completions | {\"stream_options\":1,\"messages\":[]} | stream_options",
        "/v1/chat/completions | {\"temperature\":\"hot\",\"messages\":[]} | temperature",
        "/v1/chat/completions | {\"n\":0,\"messages\":[]} | n",
        "/v1/chat/completions | {\"n\":1.5,\"messages\":[]} | n",
        "/v1/chat/completions | {\"max_tokens\":-1,\"messages\":[]} | max_tokens",
        "/v1/chat/completions | {\"tools\":{},\"messages\":[]} | tools",
        "/v1/chat/completions | {\"modalities\":[1],\"messages\":[{\"role\":\"user\"}]} | modalities",
        "/v1/completions | {\"model\":\"gpt-4o-mini\"} | prompt",
        "/v1/completions | {\"model\":\"gpt-4o-mini\",\"prompt\":[]} | prompt",
        "/v1/embeddings | {\"model\":\"text-embedding-3-small\"} | input",
        "/v1/embeddings | {\"model\":\"text-embedding-3-small\",\"input\":\"\"} | input",
        "/v1/embeddings | {\"model\":\"text-embedding-3-small\",\"input\":[\"a\",1]} | input[1]",
        "/v1/embeddings | {\"input\":\"a\",\"encoding_format\":\"hex\"} | encoding_format",
        "/v1/embeddings | {\"input\":\"a\",\"dimensions\":0} | dimensions",
      })
  void namesTheMemberThatIsWrong(String path, String body, String param) {
    JsonNode error = http.post(path, body).error(400);
    assertThat(error.path("param").asText()).isEqualTo(param);
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.path("message").asText()).contains(param, "expected");
  }

  @Test
  void namesTheNearestModel() {
    JsonNode error = http.post(Http.CHAT, Http.chatBody("gpt-4o-mimi", "hi", "")).error(404);
    assertThat(error.path("message").asText()).contains("gpt-4o-mimi", "'gpt-4o-mini'");
    assertThat(error.path("code").asText()).isEqualTo("model_not_found");
    assertThat(error.path("param").asText()).isEqualTo("model");
    assertThat(http.get("/v1/models/gpt-4o-mimi").error(404).path("message").asText())
        .contains("'gpt-4o-mini'");
  }

  @Test
  void refusesWhatTheModelCannotDo() {
    assertThat(
            http.post(Http.CHAT, Http.chatBody("text-embedding-3-small", "hi", ""))
                .error(400)
                .path("code")
                .asText())
        .isEqualTo("unsupported_value");
    http.post("/v1/embeddings", "{\"model\":\"gpt-4o-mini\",\"input\":\"a\"}").error(400);
    String image =
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":"
            + "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"}}]}]}";
    assertThat(http.post(Http.CHAT, image).error(400).path("message").asText())
        .contains("no image input");
  }

  @Test
  void refusesALargeBodyByItsLength() throws IOException {
    // Only the head is sent: the answer must not wait for the body.
    try (RawConnection caller = new RawConnection(hub)) {
      String answer = caller.send(RawConnection.head(Http.CHAT, LIMIT + 1)).until("\"detail\"");
      assertThat(answer).startsWith("HTTP/1.1 413 ").contains("too_large", "" + LIMIT);
    }
  }

  @Test
  void refusesALargeBodyThatIsSentAllTheSame() {
    Reply reply = http.post(Http.CHAT, body(LIMIT + 1));
    tooLarge(reply);
  }

  @Test
  void refusesALargeBodyInChunks() {
    byte[] body = body(LIMIT + 1).getBytes(StandardCharsets.UTF_8);
    tooLarge(
        http.send(
            Http.CHAT, "POST", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
  }

  private static void tooLarge(Reply reply) {
    JsonNode error = reply.error(413);
    assertThat(error.path("code").asText()).isEqualTo("too_large");
    assertThat(error.path("message").asText()).contains("" + LIMIT, "request_bytes_max");
  }

  @Test
  void takesABodyOfJustTheLimit() {
    assertThat(http.post(Http.CHAT, body(LIMIT)).status()).isEqualTo(200);
    openai.forgetRequests();
  }

  private static String body(int length) {
    int rest = length - Http.chatBody("gpt-4o-mini", "", "").length();
    return Http.chatBody("gpt-4o-mini", "x".repeat(rest), "");
  }

  @Test
  void refusesOtherMediaTypes() {
    for (String type : new String[] {"text/plain", "application/xml", "multipart/form-data"}) {
      JsonNode error =
          http.post(Http.CHAT, Http.chatBody("gpt-4o-mini", "hi", ""), "content-type", type)
              .error(415);
      assertThat(error.path("message").asText()).contains(type, "application/json");
    }
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] body = Http.chatBody("gpt-4o-mini", "h?", "").getBytes(StandardCharsets.ISO_8859_1);
    for (int bad : new int[] {0xff, 0xc0, 0xe4}) {
      byte[] broken = body.clone();
      for (int i = 0; i < broken.length; i++) {
        broken[i] = broken[i] == '?' ? (byte) bad : broken[i];
      }
      assertThat(http.post(Http.CHAT, broken).error(400).path("message").asText())
          .contains("UTF-8");
    }
  }

  @Test
  void refusesDeepNesting() {
    int depth = 100_000;
    String arrays = "[".repeat(depth) + "]".repeat(depth);
    String message =
        http.post(Http.CHAT, Http.chatBody("gpt-4o-mini", "hi", ",\"x\":" + arrays))
            .error(400)
            .path("message")
            .asText();
    assertThat(message).contains("128");
    http.post(Http.CHAT, "{\"a\":".repeat(depth)).error(400);
  }

  @Test
  void boundsTheElementsOfADocument() {
    String million = "[" + "0,".repeat(1_000_000) + "0]";
    http.post(Http.CHAT, Http.chatBody("gpt-4o-mini", "hi", ",\"x\":" + million)).error(400);
  }

  @Test
  void knowsItsRoutes() {
    JsonNode method = http.get(Http.CHAT).error(405);
    assertThat(method.path("message").asText()).contains("GET", "POST");
    http.send("/v1/models", "POST", BodyPublishers.ofString("{}")).error(405);
    http.send(Http.CHAT, "DELETE", BodyPublishers.noBody()).error(405);
    JsonNode route = http.get("/v1/chat/completion").error(404);
    assertThat(route.path("message").asText()).contains("/v1/chat/completions");
    http.post("/v1/nothing", "{}").error(404);
    http.get("/v1/models?task=chatt").error(400);
  }

  @Test
  void refusesABadEscapeInAModelId() throws IOException {
    try (RawConnection caller = new RawConnection(hub)) {
      String head = "GET /v1/models/%zz HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n\r\n";
      refused(caller.send(head).untilClosed());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET\r\n\r\n",
        "\u0000\u0001\u0002\r\n\r\n",
        "POST /v1/chat/completions HTTP/1.1\r\ncontent-length: minus\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nhost: hub\r\nbad header\r\n\r\n"
      })
  void answersWhatIsNoHttpAndHangsUp(String bytes) throws IOException {
    try (RawConnection caller = new RawConnection(hub)) {
      refused(caller.send(bytes).untilClosed());
    }
  }

  @Test
  void refusesAHugeHead() throws IOException {
    String[] heads = {
      "GET /healthz HTTP/1.1\r\nhost: hub\r\nx-big: " + "a".repeat(100_000) + "\r\n\r\n",
      "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nhost: hub\r\n\r\n"
    };
    for (String head : heads) {
      try (RawConnection caller = new RawConnection(hub)) {
        refused(caller.send(head).untilClosed());
      }
    }
  }

  /**
   * An answer, where there is one, is an error object in a 4xx; some bytes only deserve a close.
   */
  private static void refused(String answer) {
    if (answer.isEmpty()) {
      return;
    }
    assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("Exception", "netty", "armeria");
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(Json.read(body.getBytes(StandardCharsets.ISO_8859_1)).at("/error/type").asText())
        .isEqualTo("invalid_request_error");
  }
}
