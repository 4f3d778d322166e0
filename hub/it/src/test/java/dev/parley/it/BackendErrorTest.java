package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.openai.FakeOpenAi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller sees of a backend that refuses or fails before its first byte. */
final class BackendErrorTest {

  private static final FakeOpenAi openai = new FakeOpenAi();

  @RegisterExtension
  static final HubUnderTest hub = HubUnderTest.of(Configs.OPENAI_ONCE).behind("OPENAI", openai);

  private final Http http = new Http(hub);

  /** A backend that said that it is busy would be left alone in the next test. */
  @BeforeEach
  void asIfNothingHadHappened() throws Exception {
    hub.forgetHealth();
  }

  @ParameterizedTest
  @CsvSource({
    "400, 400, invalid_request_error",
    "401, 502, server_error",
    "402, 429, insufficient_quota",
    "403, 403, invalid_request_error",
    "404, 404, invalid_request_error",
    "408, 504, server_error",
    "413, 413, invalid_request_error",
    "422, 400, invalid_request_error",
    "429, 429, requests",
    "500, 502, server_error",
    "502, 502, server_error",
    "503, 503, server_error",
    "504, 504, server_error",
    "529, 503, server_error",
  })
  void mapsTheStatus(int backend, int caller, String type) throws Exception {
    for (String more : List.of("", ",\"stream\":true")) {
      hub.forgetHealth();
      openai.enqueue(Behaviour.status(backend, "{\"error\":{\"message\":\"so it is\"}}"));
      JsonNode error = http.chat("hi", more).error(caller);
      assertThat(error.path("type").asText()).isEqualTo(type);
      assertThat(error.path("code").asText()).isNotBlank();
    }
  }

  @Test
  void passesOnWhatIsWrongWithTheRequest() {
    openai.enqueue(
        Behaviour.status(
            400,
            "{\"error\":{\"message\":\"too long\",\"type\":\"invalid_request_error\","
                + "\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}"));
    JsonNode error = http.chat("hi", "").error(400);
    assertThat(error.path("message").asText()).isEqualTo("too long");
    assertThat(error.path("param").asText()).isEqualTo("messages");
    assertThat(error.path("code").asText()).isEqualTo("context_length_exceeded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"detail\":\"so it is\"}",
        "{\"error\":\"so it is\"}",
        "{\"message\":\"so it is\",\"type\":\"X\",\"code\":400}",
        "so it is",
        "{\"detail\":[{\"loc\":[\"body\",\"n\"],\"msg\":\"so it is\"}]}"
      })
  void readsEveryFormOfError(String body) {
    openai.enqueue(Behaviour.status(400, body));
    assertThat(http.chat("hi", "").error(400).path("message").asText()).contains("so it is");
  }

  @Test
  void saysWhenToComeBack() throws Exception {
    limited(Map.of("retry-after", "2"), "2", "2000");
    hub.forgetHealth();
    limited(Map.of("retry-after-ms", "1500"), "2", "1500");
  }

  private void limited(Map<String, String> headers, String seconds, String millis) {
    openai.enqueue(Behaviour.status(429, headers, "{\"error\":{\"message\":\"slow down\"}}"));
    Reply reply = http.chat("hi", "");
    assertThat(reply.error(429).path("code").asText()).isEqualTo("rate_limit_exceeded");
    assertThat(reply.header("retry-after")).contains(seconds);
    assertThat(reply.header("retry-after-ms")).contains(millis);
  }

  @Test
  void aSpentQuotaIsNoRateLimit() {
    openai.enqueue(
        Behaviour.status(
            429, "{\"error\":{\"message\":\"pay first\",\"code\":\"insufficient_quota\"}}"));
    JsonNode error = http.chat("hi", "").error(429);
    assertThat(error.path("type").asText()).isEqualTo("insufficient_quota");
    assertThat(error.path("code").asText()).isEqualTo("insufficient_quota");
  }

  @Test
  void aModelThatLoadsIsWorthWaitingFor() {
    openai.enqueue(Behaviour.status(503, "{\"error\":{\"message\":\"Loading model\"}}"));
    Reply reply = http.chat("hi", "");
    assertThat(reply.error(503).path("message").asText()).contains("loading");
    assertThat(reply.header("retry-after")).contains("5");
  }

  @Test
  void anErrorInsideAnAnswerThatSaysSuccessIsAnError() {
    openai.enqueue(Behaviour.status(200, "{\"error\":{\"message\":\"bad input\",\"code\":400}}"));
    assertThat(http.chat("hi", "").error(400).path("message").asText()).isEqualTo("bad input");
  }

  @Test
  void aStreamThatIsAnErrorDocumentIsAnError() {
    openai.enqueue(Behaviour.status(200, "{\"error\":{\"message\":\"no room\",\"code\":429}}"));
    http.stream("hi", "").error(429);
  }

  @Test
  void aStreamWhoseFirstEventIsAnErrorGetsARealStatus() {
    openai.enqueue(
        Behaviour.reply(
            Answer.events(
                List.of("data: {\"error\":{\"message\":\"no such\",\"code\":404}}\n\n"))));
    http.stream("hi", "").error(404);
    openai.enqueue(
        Behaviour.reply(
            Answer.events(List.of("event: error\ndata: {\"message\":\"it broke\"}\n\n"))));
    http.stream("hi", "").error(502);
  }

  @Test
  void doesNotRepeatWhatItMustNot() {
    openai.enqueue(Behaviour.status(401, "{\"error\":{\"message\":\"no key\"}}"));
    int before = openai.requests(Http.CHAT).size();
    http.chat("hi", "").error(502);
    assertThat(openai.requests(Http.CHAT)).hasSize(before + 1);
  }

  @Test
  void anAnswerThatIsNotJsonIsTheBackendsFault() {
    openai.enqueue(Behaviour.reply(Answer.text(200, "<html>hello</html>")));
    http.chat("hi", "").error(502);
    openai.enqueue(Behaviour.status(200, "{\"choices\":[{\"index\":0"));
    http.chat("hi", "").error(502);
    openai.enqueue(Behaviour.status(200, "[]"));
    http.chat("hi", "").error(502);
    openai.enqueue(Behaviour.status(200, ""));
    http.chat("hi", "").error(502);
  }
}
