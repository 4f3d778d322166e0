package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.parley.adapters.BackendTypes;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.ConfigReader;
import dev.parley.proto.admin.v1.KeyServiceGrpc;
import dev.parley.proto.admin.v1.ListKeysRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in when the hub has nothing left for anybody. */
@Timeout(60)
class BusyHubTest {

  private static final String LAB = "sk-lab-0815-0815-0815";
  private static final String BOSS = "sk-boss-1234-1234-1234";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path data;

  private Hub hub(String limits) throws Exception {
    Hub hub =
        new Hub(
            ConfigReader.parse(
                """
                server: { port: 0, drain_timeout: 0s }
                limits: { %s }
                access:
                  keys:
                    - { name: lab, key: "%s" }
                    - { name: boss, key: "%s", role: admin }
                """
                    .formatted(limits, LAB, BOSS),
                "test",
                BackendTypes.NAMES,
                _ -> null),
            Places.in(data),
            Clock.system());
    hub.start().join();
    return hub;
  }

  private static int status(Hub hub, String key, String method, String path, String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + path))
                  .header("x-api-key", key)
                  .header("content-type", "application/json")
                  .method(method, BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void operatorsGetInAndTakeNothingOfTheHubsLimits() throws Exception {
    try (Hub hub = hub("hub: { requests: 3/1h }")) {
      for (int i = 0; i < 5; i++) {
        assertThat(status(hub, BOSS, "GET", "/api/admin/keys", "")).isEqualTo(200);
      }
      for (int i = 0; i < 3; i++) {
        assertThat(status(hub, LAB, "GET", "/v1/models", "")).isEqualTo(200);
      }
      assertThat(status(hub, LAB, "GET", "/v1/models", "")).isEqualTo(429);
      assertThat(status(hub, BOSS, "GET", "/v1/models", "")).isEqualTo(429);
      assertThat(status(hub, LAB, "GET", "/api/admin/keys", "")).isEqualTo(403);

      assertThat(status(hub, BOSS, "GET", "/api/admin/status", "")).isEqualTo(200);
      assertThat(status(hub, BOSS, "POST", "/api/admin/keys", "{\"key\":{\"name\":\"x\"}}"))
          .isEqualTo(201);
      var keys =
          GrpcClients.builder("gproto+http://127.0.0.1:" + hub.port())
              .addHeader("x-api-key", BOSS)
              .build(KeyServiceGrpc.KeyServiceBlockingStub.class);
      assertThat(keys.listKeys(ListKeysRequest.getDefaultInstance()).getKeysCount()).isEqualTo(3);
    }
  }

  @Test
  void addressesAreHeldToTheirLimitsForTheAdministrationToo() throws Exception {
    try (Hub hub = hub("address: 3/1h")) {
      for (int i = 0; i < 3; i++) {
        assertThat(status(hub, BOSS, "GET", "/api/admin/keys", "")).isEqualTo(200);
      }
      assertThat(status(hub, BOSS, "GET", "/api/admin/keys", "")).isEqualTo(429);
    }
  }
}
