package dev.parley.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testkit.backend.Http;
import dev.parley.testkit.backend.Json;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FakeBackendsTest {

  @Test
  void startsEveryKindAndSaysWhere() throws Exception {
    try (var fakes = new FakeBackends();
        var http = new Http()) {
      fakes.start();
      var ports = Json.read(fakes.portsJson().getBytes(UTF_8));
      assertThat(ports)
          .hasSize(19)
          .allSatisfy(uri -> assertThat(uri.asText()).startsWith("http://127.0.0.1:"));
      assertThat(http.get(URI.create(ports.path("openai").asText() + "/models")).statusCode())
          .isEqualTo(200);
      assertThat(fakes.hubYaml())
          .contains("- id: vllm-omni-tts\n    type: vllm-omni\n")
          .contains("- id: tei", "base_url: \"" + ports.path("tei").asText() + "\"");
    }
  }

  @Test
  void namesTheOptionItDoesNotUnderstand() {
    assertThatThrownBy(() -> Options.read(List.of("--prot", "x"))).hasMessageContaining("--prot");
    assertThatThrownBy(() -> Options.read(List.of("--port", "x"))).hasMessageContaining("KIND=N");
    assertThat(Options.read(List.of("--port", "tei=1", "--stay")).ports()).containsEntry("tei", 1);
  }
}
