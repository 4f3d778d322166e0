package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpHeaders;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.openai.FakeOpenAi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which headers pass the hub, in either direction. */
final class HeadersTest {

  private static final FakeOpenAi openai = new FakeOpenAi();

  @RegisterExtension
  static final HubUnderTest hub = HubUnderTest.of(Configs.OPENAI_ONCE).behind("OPENAI", openai);

  private final Http http = new Http(hub);

  @Test
  void keepsTheCallersCredentialsToItself() {
    http.post(
        Http.CHAT,
        Http.chatBody("gpt-4o-mini", "hi", ""),
        "authorization",
        "Bearer sk-caller",
        "cookie",
        "session=caller",
        "x-api-key",
        "sk-caller",
        "proxy-authorization",
        "Basic caller",
        "x-forwarded-for",
        "10.9.8.7",
        "x-anything",
        "caller");
    HttpHeaders got = last().headers();
    assertThat(got.getAll("authorization")).containsExactly("Bearer " + HubUnderTest.SECRET);
    assertThat(got.names().stream().map(Object::toString))
        .doesNotContain(
            "cookie", "x-api-key", "proxy-authorization", "x-forwarded-for", "x-anything");
    assertThat(got.toString()).doesNotContain("caller");
  }

  @Test
  void passesTheAllowedOnesOn() {
    http.post(
        Http.CHAT,
        Http.chatBody("gpt-4o-mini", "hi", ""),
        "openai-organization",
        "org-1",
        "openai-project",
        "proj-1",
        "idempotency-key",
        "key-1",
        "anthropic-beta",
        "beta-1",
        "traceparent",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "tracestate",
        "a=b");
    HttpHeaders got = last().headers();
    assertThat(got.get("openai-organization")).isEqualTo("org-1");
    assertThat(got.get("openai-project")).isEqualTo("proj-1");
    assertThat(got.get("idempotency-key")).isEqualTo("key-1");
    assertThat(got.get("anthropic-beta")).isEqualTo("beta-1");
    assertThat(got.get("traceparent")).startsWith("00-0af7651916cd43dd8448eb211c80319c");
    assertThat(got.get("tracestate")).isEqualTo("a=b");
  }

  @Test
  void acceptsAUsableRequestId() {
    Reply reply =
        http.post(Http.CHAT, Http.chatBody("gpt-4o-mini", "hi", ""), "x-request-id", "my-id.1");
    assertThat(reply.headers().allValues("x-request-id")).containsExactly("my-id.1");
    assertThat(last().header("x-request-id")).contains("my-id.1");
    assertThat(hub.logs().call("my-id.1").path("outcome").asText()).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "has a blank", "tab\there"})
  void replacesAnUnusableRequestId(String id) {
    replaced(id);
  }

  @Test
  void replacesALongRequestId() {
    replaced("x".repeat(129));
  }

  private void replaced(String id) {
    Reply reply = http.post(Http.CHAT, Http.chatBody("gpt-4o-mini", "hi", ""), "x-request-id", id);
    assertThat(reply.requestId()).startsWith("req_").isNotEqualTo(id);
  }

  @Test
  void tellsWhoServedAndHowTheBackendCalledIt() {
    Reply reply = http.chat("hi", "");
    assertThat(reply.header("x-parley-backend")).contains("openai");
    assertThat(reply.header("x-parley-attempts")).contains("1");
    assertThat(reply.header("openai-processing-ms")).isPresent();
    assertThat(reply.header("x-ratelimit-remaining-requests")).contains("9999");
    assertThat(reply.header("x-upstream-request-id").orElseThrow()).startsWith("req_");
    assertThat(reply.requestId()).isNotEqualTo(reply.header("x-upstream-request-id").orElseThrow());
    assertThat(reply.header("content-type")).contains("application/json");
  }

  @Test
  void neverNamesItsServer() {
    assertThat(http.chat("hi", "").header("server")).isEmpty();
    assertThat(http.stream("hi", "").header("server")).isEmpty();
    assertThat(http.get("/nowhere").header("server")).isEmpty();
    assertThat(http.get("/healthz").header("server")).isEmpty();
  }

  @Test
  void keepsStreamsFromBeingBuffered() {
    Reply reply = http.stream("hi", "");
    assertThat(reply.header("content-type").orElseThrow()).startsWith("text/event-stream");
    assertThat(reply.header("cache-control").orElseThrow()).contains("no-cache", "no-transform");
    assertThat(reply.header("x-accel-buffering")).contains("no");
    assertThat(reply.header("content-encoding")).isEmpty();
  }

  @Test
  void givesErrorsAnIdToo() {
    assertThat(http.get("/nowhere").requestId()).startsWith("req_");
    openai.enqueue(Behaviour.status(500, "{}"));
    Reply reply = http.chat("hi", "");
    assertThat(hub.logs().call(reply.requestId()).path("outcome").asText())
        .isEqualTo("backend_failed");
  }

  private static RecordedRequest last() {
    return openai.requests(Http.CHAT).getLast();
  }
}
