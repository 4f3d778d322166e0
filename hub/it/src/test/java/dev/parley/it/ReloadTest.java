package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.hub.config.ConfigException;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.proto.v1.CompleteResponse;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Gate;
import dev.parley.testkit.openai.FakeOpenAi;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A new configuration takes effect without cutting what runs. */
final class ReloadTest {

  private static final FakeOpenAi openai = new FakeOpenAi();
  private static final FakeOpenAi other = new FakeOpenAi("other-model");

  private static final String OTHER =
      """
      backends:
        - id: other
          type: openai
          base_url: "${OTHER}"
      models:
        - id: assistant
          targets: [ { backend: other, model: other-model } ]
      defaults: { chat: assistant }
      """;

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(Configs.OPENAI).behind("OPENAI", openai).behind("OTHER", other);

  private final Http http = new Http(hub);

  @AfterEach
  void back() throws Exception {
    hub.applyFirst();
  }

  @Test
  void theNewConfigurationIsEffectiveAtOnce() throws Exception {
    hub.apply(OTHER);
    assertThat(http.get("/v1/models").text()).contains("assistant").doesNotContain("gpt-4o-mini");
    http.chat("hi", "").error(404);
    Reply reply = http.post(Http.CHAT, Http.chatBody("assistant", "hi", ""));
    assertThat(reply.header("x-parley-backend")).contains("other");
    assertThat(other.requests(Http.CHAT).getLast().json().path("model").asText())
        .isEqualTo("other-model");
    String nameless = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    assertThat(http.post(Http.CHAT, nameless).header("x-parley-backend")).contains("other");
  }

  @Test
  void aStreamOfABackendThatIsGoneEndsWhole() throws Exception {
    Gate gate = new Gate();
    openai.enqueue(Behaviour.usual().gatedAfter(2, gate));
    try (RawConnection caller = new RawConnection(hub)) {
      caller.post(Http.CHAT, Http.chatBody("gpt-4o-mini", "one two three", ",\"stream\":true"));
      assertThat(gate.awaitReached(Duration.ofSeconds(10))).isTrue();
      hub.apply(OTHER);
      http.chat("hi", "").error(404);
      gate.release();
      assertThat(caller.until("[DONE]")).contains("three");
    }
  }

  @Test
  void aGrpcStreamOfABackendThatIsGoneEndsWhole() throws Exception {
    Gate gate = new Gate();
    openai.enqueue(Behaviour.usual().gatedAfter(2, gate));
    try (GrpcCaller caller = new GrpcCaller(hub)) {
      Iterator<CompleteResponse> answer =
          caller.chat().streamComplete(GrpcCaller.say("one two three"));
      assertThat(gate.awaitReached(Duration.ofSeconds(10))).isTrue();
      hub.apply(OTHER);
      gate.release();
      StringBuilder text = new StringBuilder();
      answer.forEachRemaining(delta -> text.append(delta.getChoicesList()));
      assertThat(text).contains("three").contains("stop");
    }
  }

  @Test
  void aCallInTheQueueOfABackendThatIsGoneIsStillAnswered() throws Exception {
    hub.apply(Configs.OPENAI + "    limits: { concurrency: 1 }\n");
    RegisteredBackend removed = hub.backend("openai");
    Gate gate = new Gate();
    openai.enqueue(Behaviour.usual().gatedAfter(2, gate));
    try (RawConnection running = new RawConnection(hub);
        RawConnection waiting = new RawConnection(hub)) {
      running.post(Http.CHAT, Http.chatBody("gpt-4o-mini", "one two three", ",\"stream\":true"));
      assertThat(gate.awaitReached(Duration.ofSeconds(10))).isTrue();
      waiting.post(Http.CHAT, Http.chatBody("gpt-4o-mini", "four five", ",\"stream\":true"));
      Waiting.untilTrue("one waits", Duration.ofSeconds(5), () -> removed.bulkhead().queued() == 1);
      hub.apply(OTHER);
      gate.release();
      assertThat(running.until("[DONE]")).contains("three");
      assertThat(waiting.until("[DONE]")).contains("five");
    }
  }

  @Test
  void whatDidNotChangeStaysOpen() throws Exception {
    var before = hub.backend("openai");
    hub.apply(Configs.OPENAI + OTHER.substring("backends:\n".length()));
    assertThat(hub.backend("openai")).isSameAs(before);
    assertThat(http.chat("hi", "").status()).isEqualTo(200);
  }

  @Test
  void aBrokenConfigurationChangesNothing() {
    assertThatThrownBy(() -> hub.apply("backends: [ { id: x, type: opnai, base_url: 7 } ]"))
        .isInstanceOf(ConfigException.class);
    assertThat(http.chat("hi", "").status()).isEqualTo(200);
  }
}
