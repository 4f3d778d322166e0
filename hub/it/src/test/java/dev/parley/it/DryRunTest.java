package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testkit.openai.FakeOpenAi;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DryRunTest {

  private static final FakeOpenAi openai = new FakeOpenAi();

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              """
              server: { port: 0 }
              backends:
                - { id: cloud, type: openai, base_url: "${OPENAI}" }
                - { id: home, type: openai, base_url: "${OPENAI}", local: true }
              models:
                - id: name
                  targets:
                    - { backend: cloud, model: gpt-4o-mini }
                    - { backend: home, model: gpt-4o-mini }
              """)
          .behind("OPENAI", openai);

  @Test
  void showsWhereACallWouldGoAndCallsNobody() throws Exception {
    JsonNode plan = ask("name", 200);
    assertThat(plan.path("object").asText()).isEqualTo("route.plan");
    assertThat(plan.path("capability").asText()).isEqualTo("chat");
    assertThat(plan.path("chosen")).hasSize(1);
    assertThat(plan.at("/chosen/0/backend").asText()).isEqualTo("home");
    assertThat(plan.at("/chosen/0/role").asText()).isEqualTo("ready");
    assertThat(plan.at("/passed_over/0/backend").asText()).isEqualTo("cloud");
    assertThat(plan.at("/passed_over/0/reason").asText()).contains("local");
    assertThat(openai.requests(Http.CHAT)).isEmpty();
  }

  @Test
  void tellsWhatACallWouldBeTold() throws Exception {
    assertThat(ask("nmae", 404).at("/error/message").asText()).contains("did you mean 'name'?");
  }

  private static JsonNode ask(String model, int status) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(hub.at(Http.CHAT))
            .header("content-type", "application/json")
            .header("x-parley-dry-run", "true")
            .header("x-parley-privacy", "local_only")
            .POST(HttpRequest.BodyPublishers.ofString(Http.chatBody(model, "hi", "")))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(reply.statusCode()).isEqualTo(status);
      return new ObjectMapper().readTree(reply.body());
    }
  }
}
