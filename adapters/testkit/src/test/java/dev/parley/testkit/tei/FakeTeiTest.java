package dev.parley.testkit.tei;

import static dev.parley.testkit.backend.Http.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Credential;
import dev.parley.testkit.backend.Http;
import dev.parley.testkit.content.Vectors;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FakeTeiTest {
  private final FakeTei fake = new FakeTei();
  private final Http http = new Http();

  @BeforeEach
  void start() {
    fake.start();
  }

  @AfterEach
  void stop() {
    http.close();
    fake.close();
  }

  @Test
  void embedsInOrder() throws Exception {
    var reply =
        http.postJson(
            at(fake, "/v1/embeddings"), "{\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\"}");
    assertThat(reply.at("/data/1/embedding").asText())
        .isEqualTo(Vectors.base64(Vectors.of("b", 8)));
  }

  @Test
  void refusesLargeBatchesWithoutNesting() throws Exception {
    var many = String.join(",", Collections.nCopies(33, "\"a\""));
    var reply = http.post(at(fake, "/v1/embeddings"), "{\"input\":[" + many + "]}");
    assertThat(reply.statusCode()).isEqualTo(422);
    assertThat(reply.body())
        .isEqualTo(
            "{\"message\":\"batch size 33 > maximum allowed batch size 32\",\"code\":422,\"type\":\"Validation\"}");
  }

  @Test
  void refusesStrangersWithAnEmptyBody() throws Exception {
    fake.require(Credential.bearer("k"));
    var reply = http.post(at(fake, "/v1/embeddings"), "{\"input\":\"a\"}");
    assertThat(reply.statusCode()).isEqualTo(401);
    assertThat(reply.body()).isEmpty();
    assertThat(http.get(at(fake, "/health")).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesWhenOverloaded() throws Exception {
    fake.overloaded(true);
    assertThat(http.post(at(fake, "/v1/embeddings"), "{\"input\":\"a\"}").statusCode())
        .isEqualTo(429);
  }

  @Test
  void hasInfoButNoModelList() throws Exception {
    assertThat(http.get(at(fake, "/info")).body()).contains("\"max_client_batch_size\":32");
    assertThat(http.get(at(fake, "/v1/models")).statusCode()).isEqualTo(404);
  }
}
