package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.grpc.GrpcClients;
import com.sun.net.httpserver.HttpServer;
import dev.parley.adapters.BackendTypes;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.ConfigReader;
import dev.parley.proto.v1.GetUsageRequest;
import dev.parley.proto.v1.GetUsageResponse;
import dev.parley.proto.v1.Remaining;
import dev.parley.proto.v1.UsageServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller is told of its own key, by a hub with the shipped wiring. */
@Timeout(60)
class OwnUsageTest {

  private static final String LAB = "sk-lab-0815-0815-0815";
  private static final String CLASS = "sk-class-4711-4711-4711";
  private static final String POOR = "sk-poor-0123456789abcdef0123";
  private static final String KEYS =
      """
      access:
        keys:
          - name: lab
            key: "%s"
            owner: physics
            limits: {requests: 100/1d, budget: {day: 1}}
          - {name: class, key: "%s", owner: physics}
          - {name: poor, key: "%s", limits: {requests: 1/1d}}
      limits: { owners: { physics: { tokens: 10000/1d } } }
      """
          .formatted(LAB, CLASS, POOR);
  private static final byte[] ANSWER =
      ("{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
              + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"yes\"},"
              + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1000,"
              + "\"completion_tokens\":500,\"total_tokens\":1500}}")
          .getBytes(StandardCharsets.UTF_8);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path data;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @SuppressWarnings("NullAway.Init") // set before each test
  private HttpServer backend;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Hub hub;

  @BeforeEach
  void begin() throws Exception {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/v1/chat/completions",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("content-type", "application/json");
          exchange.sendResponseHeaders(200, ANSWER.length);
          exchange.getResponseBody().write(ANSWER);
          exchange.close();
        });
    backend.start();
  }

  @AfterEach
  void end() {
    hub.close();
    backend.stop(0);
    client.close();
  }

  private void hub(String keys) throws Exception {
    hub =
        new Hub(
            ConfigReader.parse(
                "server: { port: 0, drain_timeout: 0s }\nusage: { flush: 20ms }\n"
                    + "backends: [{ id: b, type: openai, base_url: \"http://127.0.0.1:"
                    + backend.getAddress().getPort()
                    + "/v1\", models: [{ id: m, capabilities: [chat], price:"
                    + " { input_tokens: 100, output_tokens: 200 } }] }]\n"
                    + keys,
                "test",
                BackendTypes.NAMES,
                _ -> null),
            Places.in(data),
            Clock.system());
    hub.start().join();
  }

  private HttpRequest.Builder request(String path, String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + path));
    return key.isEmpty() ? request : request.header("authorization", "Bearer " + key);
  }

  private HttpResponse<String> get(String path, String key) throws Exception {
    return client.send(request(path, key).build(), BodyHandlers.ofString());
  }

  private JsonValue told(String query, String key) throws Exception {
    HttpResponse<String> answer = get("/api/usage" + query, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private void calls(String key, int times) throws Exception {
    long before = hub.usage().status().written();
    for (int i = 0; i < times; i++) {
      HttpRequest chat =
          request("/v1/chat/completions", key)
              .header("content-type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"model\":\"m\",\"max_tokens\":500,\"messages\":"
                          + "[{\"role\":\"user\",\"content\":\"x\"}]}"))
              .build();
      assertThat(client.send(chat, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
    while (hub.usage().status().written() < before + times) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static long number(JsonValue json, String member) {
    return Objects.requireNonNull(json.get(member)).asLong();
  }

  @Test
  void tellsEachKeyItsOwnSumsOnly() throws Exception {
    hub(KEYS);
    calls(LAB, 2);
    calls(CLASS, 1);
    JsonValue lab = told("?group_by=model&group_by=backend", LAB);
    assertThat(Objects.requireNonNull(lab.get("key")).asString()).isEqualTo("lab");
    JsonValue sum = Objects.requireNonNull(lab.get("all"));
    assertThat(number(sum, "call_count")).isEqualTo(2);
    assertThat(number(sum, "input_tokens")).isEqualTo(2_000);
    assertThat(number(sum, "cost_micros")).isEqualTo(400_000);
    assertThat(lab.raw()).contains("\"group\":[\"m\",\"b\"]").doesNotContain("class", "physics");
    assertThat(number(Objects.requireNonNull(told("", CLASS).get("all")), "call_count"))
        .isEqualTo(1);
    assertThat(number(Objects.requireNonNull(told("?model=other", LAB).get("all")), "call_count"))
        .isZero();
  }

  @Test
  void answersWhoHasNothingLeft() throws Exception {
    hub(KEYS);
    assertThat(get("/v1/models", POOR).statusCode()).isEqualTo(200);
    assertThat(get("/v1/models", POOR).statusCode()).isEqualTo(429);
    HttpResponse<String> answer = get("/api/usage", POOR);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"amount\":1,\"remaining\":0");
  }

  @Test
  void tellsWhatIsLeftOfLimitsAndBudgets() throws Exception {
    hub(KEYS);
    calls(LAB, 1);
    UsageServiceGrpc.UsageServiceBlockingStub stub =
        GrpcClients.builder("gproto+http://127.0.0.1:" + hub.port())
            .addHeader("x-api-key", LAB)
            .build(UsageServiceGrpc.UsageServiceBlockingStub.class);
    GetUsageResponse told = stub.getUsage(GetUsageRequest.getDefaultInstance());
    assertThat(told.getKey()).isEqualTo("lab");
    assertThat(told.getCurrency()).isEqualTo("USD");
    assertThat(told.getRemainingList())
        .extracting(Remaining::getWhose, Remaining::getUnit, Remaining::getAmount)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("key", "requests", 100L),
            org.assertj.core.groups.Tuple.tuple("key", "day_budget", 1_000_000L),
            org.assertj.core.groups.Tuple.tuple("owner", "tokens", 10_000L));
    assertThat(told.getRemaining(0).getRemaining()).isEqualTo(99);
    assertThat(told.getRemaining(1).getRemaining()).isEqualTo(800_000);
    assertThat(told.getRemaining(2).getRemaining()).isBetween(8_500L, 8_600L);
    assertThat(told.getRemaining(1).getResetMs()).isBetween(1L, 86_400_000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?key=class | key",
        "?owner=physics | owner",
        "?group_by=key | group_by",
        "?group_by=mode | group_by",
        "?from=yesterday | from",
        "?from=2026-02-30 | from",
        "?from=2026-11-02&to=2026-11-01 | from",
        "?groups_max=many | groups_max",
        "?groups_max=-1 | groups_max",
        "?form=2026-11-01 | form",
      })
  void refusesWhatItDoesNotTellByName(String query, String param) throws Exception {
    hub(KEYS);
    HttpResponse<String> refused = get("/api/usage" + query, LAB);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("\"param\":\"" + param);
  }

  @Test
  void asksForAKeyWhereThereAreKeys() throws Exception {
    hub(KEYS);
    assertThat(get("/api/usage", "").statusCode()).isEqualTo(401);
    assertThat(get("/api/usage", "sk-wrong").statusCode()).isEqualTo(401);
    assertThatThrownBy(() ->
            GrpcClients.newClient(
                    "gproto+http://127.0.0.1:" + hub.port(),
                    UsageServiceGrpc.UsageServiceBlockingStub.class)
                .getUsage(GetUsageRequest.getDefaultInstance()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
  }

  @Test
  void tellsWhatAllTookWhoShowedNoKeyWhereNoneIsNeeded() throws Exception {
    hub("");
    calls("", 2);
    JsonValue told = told("", "");
    assertThat(Objects.requireNonNull(told.get("key")).asString()).isEmpty();
    assertThat(number(Objects.requireNonNull(told.get("all")), "call_count")).isEqualTo(2);
    assertThat(Objects.requireNonNull(told.get("remaining")).raw()).isEqualTo("[]");
  }
}
