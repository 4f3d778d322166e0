package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.openai.FakeOpenAi;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where calls go, and with which key, is the operator's word alone, whatever a body says. */
final class NobodyChoosesServersTest {

  private static final FakeOpenAi CONFIGURED = new FakeOpenAi("m");
  private static final FakeOpenAi ELSEWHERE = new FakeOpenAi("m");

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              """
              server: { port: 0 }
              backends:
                - id: configured
                  type: openai
                  base_url: ${configured}
                  auth: { scheme: bearer, token: the-operators-own }
                  models: [ { id: m, capabilities: [chat] } ]
                - id: elsewhere
                  type: openai
                  base_url: ${elsewhere}
                  models: [ { id: other, capabilities: [chat] } ]
              """)
          .behind("configured", CONFIGURED)
          .behind("elsewhere", ELSEWHERE);

  @Test
  void membersThatNameServersAndKeysChooseNothing() {
    int asked = ELSEWHERE.requests("/v1/chat/completions").size();
    Reply reply =
        new Http(hub)
            .post(
                Http.CHAT,
                """
                {"model":"m","messages":[{"role":"user","content":"hello"}],
                 "api_base":"%s","base_url":"%s","api_key":"the-callers","organization":"x"}
                """
                    .formatted(ELSEWHERE.baseUri(), ELSEWHERE.baseUri()),
                "authorization",
                "Bearer the-callers");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    List<RecordedRequest> calls = CONFIGURED.requests("/v1/chat/completions");
    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().header("authorization")).contains("Bearer the-operators-own");
    assertThat(ELSEWHERE.requests("/v1/chat/completions")).hasSize(asked);
  }
}
