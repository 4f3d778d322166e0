package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.fault.FaultServer;
import dev.parley.testkit.openai.FakeOpenAi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What balancers and people ask of a hub. */
final class HealthTest {

  private static final FakeOpenAi openai = new FakeOpenAi();

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              Configs.OPENAI
                  + """
                    - id: gone
                      type: vllm
                      base_url: "${GONE}"
                      models: [ { id: gone } ]
                  """)
          .behind("OPENAI", openai)
          .knowing("GONE", FaultServer.refusing().toString());

  private final Http http = new Http(hub);

  @Test
  void showsEveryBackend() {
    Reply reply = http.get("/health");
    assertThat(reply.status()).isEqualTo(200);
    JsonNode root = reply.json();
    assertThat(root.path("status").asText()).isEqualTo("degraded");
    assertThat(root.at("/backends/openai/status").asText()).isEqualTo("healthy");
    assertThat(root.at("/backends/openai/in_flight").asInt()).isZero();
    assertThat(root.at("/backends/gone/status").asText()).isEqualTo("down");
    assertThat(root.at("/backends/gone/type").asText()).isEqualTo("vllm");
    assertThat(root.at("/backends/gone/detail").asText()).contains("refused");
    assertThat(reply.text()).doesNotContain("127.0.0.1", HubUnderTest.SECRET);
  }

  @Test
  void isAliveAndReadyWhateverItsBackendsDo() {
    assertThat(http.get("/healthz").json().path("status").asText()).isEqualTo("ok");
    Reply ready = http.get("/readyz");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.json().path("status").asText()).isEqualTo("ready");
  }
}
