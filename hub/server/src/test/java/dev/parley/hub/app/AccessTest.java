package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.sun.net.httpserver.HttpServer;
import dev.parley.adapters.BackendTypes;
import dev.parley.core.time.Clock;
import dev.parley.hub.access.NewSecret;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigReader;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.KeyConfig;
import dev.parley.proto.v1.AudioServiceGrpc;
import dev.parley.proto.v1.DenoiseRequest;
import dev.parley.proto.v1.ListModelsRequest;
import dev.parley.proto.v1.ModelServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Who is let into a hub with the shipped wiring. */
@Timeout(60)
class AccessTest {

  private static final String LAB = "sk-lab-0815-0815-0815";
  private static final String NARROW = "sk-narrow-4711-4711";
  private static final String BOSS = "sk-boss-1234-1234-1234";
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path data;

  private final List<String> seenByBackend = new CopyOnWriteArrayList<>();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Logger> listened =
      List.of(
          (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME),
          (Logger) LoggerFactory.getLogger("parley.calls"));

  @SuppressWarnings("NullAway.Init") // set before each test
  private HttpServer backend;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Hub hub;

  @BeforeEach
  void start() throws Exception {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/v1/chat/completions",
        exchange -> {
          exchange.getRequestHeaders().forEach((name, v) -> seenByBackend.add(name + ": " + v));
          exchange.getRequestBody().readAllBytes();
          byte[] answer =
              ("{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\","
                      + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                      + "\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("content-type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    backend.start();
    // Others write while the test reads.
    logged.list = new CopyOnWriteArrayList<>();
    logged.start();
    listened.forEach(logger -> logger.addAppender(logged));
    hub = new Hub(config(keys(), "127.0.0.1"), Places.in(data), Clock.system());
    var _ = hub.start();
  }

  @AfterEach
  void stop() {
    hub.close();
    client.close();
    listened.forEach(logger -> logger.detachAppender(logged));
    backend.stop(0);
  }

  private static String keys() {
    return """
      - {name: lab, key: "%s"}
      - {name: narrow, key: "%s", models: [other*], capabilities: [tts]}
      - {name: boss, key: "%s", role: admin}
    """
        .formatted(LAB, NARROW, BOSS);
  }

  private HubConfig config(String keys, String host) throws ConfigException {
    return ConfigReader.parse(
        """
        server: {host: "%s", port: 0, drain_timeout: 0s}
        backends:
          - {id: b, type: openai, base_url: "http://127.0.0.1:%d",
             models: [{id: m, capabilities: [chat]}]}
        access:
          cors: {origins: ["https://app.example.com"]}
          keys:
        %s
        """
            .formatted(host, backend.getAddress().getPort(), keys),
        "test",
        BackendTypes.NAMES,
        Map.<String, String>of()::get);
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + path))
            .header("content-type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  @Test
  void refusesWhoShowsNoKeyInTheWordsOfOpenAi() throws Exception {
    HttpResponse<String> refused = send("POST", "/v1/chat/completions", CHAT);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("www-authenticate")).contains("Bearer");
    assertThat(refused.headers().firstValue("x-request-id")).isPresent();
    assertThat(refused.body()).contains("\"code\":\"invalid_api_key\"", "authorization: Bearer");
    assertThat(seenByBackend).isEmpty();
    for (String open : List.of("/health", "/healthz", "/readyz", "/metrics")) {
      assertThat(get(open).statusCode()).as(open).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "authorization, 'Bearer ', 200",
    "x-api-key, '', 200",
    "api-key, '', 200",
    "x-api-key, x, 401",
    "authorization, 'Basic ', 401"
  })
  void takesAKeyFromEveryHeader(String header, String before, int status) throws Exception {
    assertThat(send("POST", "/v1/chat/completions", CHAT, header, before + LAB).statusCode())
        .isEqualTo(status);
  }

  @Test
  void refusesTwoKeysThatDiffer() throws Exception {
    assertThat(get("/v1/models", "x-api-key", LAB, "authorization", "Bearer " + BOSS).body())
        .contains("several keys");
  }

  @Test
  void refusesAnUploadWithoutReadingItAndStillAnswers() throws Exception {
    HttpResponse<String> refused =
        send("POST", "/v1/chat/completions", "x".repeat(8 << 20), "x-api-key", "wrong");
    assertThat(refused.statusCode()).isEqualTo(401);
  }

  @Test
  void speaksGrpcToGrpcCallers() {
    ModelServiceGrpc.ModelServiceBlockingStub bare = models("");
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> bare.listModels(ListModelsRequest.getDefaultInstance()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(StatusProto.fromThrowable(refused).toString()).contains("INVALID_API_KEY");
    assertThat(models(LAB).listModels(ListModelsRequest.getDefaultInstance()).toString())
        .contains("id: \"m\"");
    assertThat(models(NARROW).listModels(ListModelsRequest.getDefaultInstance()).getModelsList())
        .isEmpty();
    StatusRuntimeException forbidden =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                GrpcClients.builder("gproto+http://127.0.0.1:" + hub.port())
                    .addHeader("x-api-key", NARROW)
                    .build(AudioServiceGrpc.AudioServiceBlockingStub.class)
                    .denoise(DenoiseRequest.getDefaultInstance())
                    .next());
    assertThat(forbidden.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(forbidden.getStatus().getDescription()).contains("denoise");
  }

  @ParameterizedTest
  @CsvSource({"application/grpc-web+proto", "application/grpc-web-text"})
  void speaksGrpcWebToItsCallers(String type) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + hub.port() + "/parley.v1.ModelService/ListModels"))
            .header("content-type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[5]))
            .build();
    HttpResponse<String> refused = client.send(request, BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(200);
    assertThat(refused.headers().firstValue("grpc-status")).contains("16");
    assertThat(refused.headers().firstValue("content-type")).contains(type);
  }

  private ModelServiceGrpc.ModelServiceBlockingStub models(String key) {
    var builder = GrpcClients.builder("gproto+http://127.0.0.1:" + hub.port());
    if (!key.isEmpty()) {
      builder.addHeader("x-api-key", key);
    }
    return builder.build(ModelServiceGrpc.ModelServiceBlockingStub.class);
  }

  @Test
  void holdsAKeyToItsScope() throws Exception {
    HttpResponse<String> chat = send("POST", "/v1/chat/completions", CHAT, "x-api-key", NARROW);
    assertThat(chat.statusCode()).isEqualTo(403);
    assertThat(chat.body()).contains("permission_denied", "other*");
    assertThat(get("/v1/models", "x-api-key", LAB).body()).contains("\"id\":\"m\"");
    assertThat(get("/v1/models", "x-api-key", NARROW).body()).doesNotContain("\"id\":\"m\"");
    assertThat(get("/v1/models/m", "x-api-key", NARROW).statusCode()).isEqualTo(404);
    for (String path :
        List.of("/audio/denoise", "/v1/audio/speech/timestamps", "/voices", "/audio/vad")) {
      HttpResponse<String> refused = send("POST", path, "{}", "x-api-key", NARROW);
      assertThat(refused.statusCode()).as(path).isEqualTo(403);
    }
    assertThat(send("DELETE", "/voices/x", "", "x-api-key", NARROW).statusCode()).isEqualTo(403);
    assertThat(send("GET", "/voices", "", "x-api-key", NARROW).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/admin/keys",
    "/api/%61dmin/keys",
    "/api//admin/keys",
    "/api/./admin/keys",
    "/x/../api/admin/keys",
    "/parley.admin.v1.KeyService/ListKeys",
    "/parley%2Eadmin.v1.KeyService/ListKeys"
  })
  void opensTheAdministrationToAdministratorsOnly(String path) throws Exception {
    assertThat(get(path, "x-api-key", LAB).statusCode()).isIn(400, 403, 404);
    assertThat(get(path, "x-api-key", LAB).body()).doesNotContain("\"name\":\"boss\"");
    assertThat(get("/api/admin/keys", "x-api-key", BOSS).body()).contains("\"name\":\"boss\"");
  }

  @Test
  void keysLiveAndEndOverTheAdministration() throws Exception {
    HttpResponse<String> made =
        send("POST", "/api/admin/keys", "{\"key\":{\"name\":\"new\"}}", "x-api-key", BOSS);
    assertThat(made.statusCode()).isEqualTo(201);
    String secret = made.body().replaceAll("(?s).*\"secret\":\"([^\"]+)\".*", "$1");
    assertThat(get("/v1/models", "x-api-key", secret).statusCode()).isEqualTo(200);
    assertThat(send("PUT", "/api/admin/keys/new", "{\"owner\":\"team\"}", "x-api-key", BOSS).body())
        .contains("\"owner\":\"team\"", "\"name\":\"new\"");
    String next =
        send("POST", "/api/admin/keys/new:rotate", "{\"overlap_seconds\":0}", "x-api-key", BOSS)
            .body()
            .replaceAll("(?s).*\"secret\":\"([^\"]+)\".*", "$1");
    assertThat(get("/v1/models", "x-api-key", secret).statusCode()).isEqualTo(401);
    assertThat(get("/v1/models", "x-api-key", next).statusCode()).isEqualTo(200);
    assertThat(send("POST", "/api/admin/keys/new:revoke", "{}", "x-api-key", BOSS).statusCode())
        .isEqualTo(200);
    assertThat(get("/v1/models", "x-api-key", next).body()).contains("this key was revoked");
    HttpResponse<String> missing =
        send("POST", "/api/admin/keys/labb:revoke", "{}", "x-api-key", BOSS);
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("did you mean 'lab'?", "key_not_found");
    assertThat(
            send(
                    "POST",
                    "/api/admin/keys",
                    "{\"key\":{\"name\":\"x\",\"role\":\"admn\"}}",
                    "x-api-key",
                    BOSS)
                .body())
        .contains("key.role", "did you mean 'admin'?");
  }

  @Test
  void aKeyIsSeenNowhere() throws Exception {
    NewSecret made = hub.keys().create(KeyConfig.named("made")).join();
    String secret = made.secret().value();
    List<String> said = new ArrayList<>();
    for (String key : List.of(LAB, secret, "sk-wrong-wrong-wrong")) {
      for (String header : List.of("x-api-key", "api-key", "authorization")) {
        String value = header.equals("authorization") ? "Bearer " + key : key;
        HttpResponse<String> answer = send("POST", "/v1/chat/completions", CHAT, header, value);
        said.add(answer.headers().map().toString() + answer.body());
        said.add(send("POST", "/v1/chat/completions", "{", header, value).body());
        said.add(get("/nowhere", header, value).body());
        said.add(get("/api/admin/keys", header, value).body());
      }
    }
    said.add(get("/metrics").body());
    said.add(get("/api/admin/keys", "x-api-key", BOSS).body());
    assertThat(seenByBackend).isNotEmpty();
    said.addAll(seenByBackend);
    logged.list.forEach(event -> said.add(event.getFormattedMessage() + event.getThrowableProxy()));
    assertThat(said)
        .noneMatch(text -> text.contains(LAB))
        .noneMatch(text -> text.contains(secret.substring(16)))
        .noneMatch(text -> text.contains("sk-wrong"));
    assertThat(logged.list).anyMatch(e -> e.getFormattedMessage().contains("INVALID_API_KEY"));
    assertThat(logged.list).noneMatch(event -> event.getLevel() == Level.ERROR);
  }

  @Test
  void guessingIsSlowedDownBeforeAnyKeyIsLookedAt() throws Exception {
    for (int i = 0; i < 30; i++) {
      assertThat(get("/v1/models", "x-api-key", "guess-" + i).statusCode()).isEqualTo(401);
    }
    HttpResponse<String> slowed = get("/v1/models", "x-api-key", LAB);
    assertThat(slowed.statusCode()).isEqualTo(429);
    assertThat(slowed.headers().firstValue("retry-after")).isPresent();
    assertThat(slowed.body()).contains("rate_limit_exceeded", "wrong key");
  }

  @Test
  void keysOfTheConfigurationChangeWhileTheHubRuns() throws Exception {
    hub.apply(config("  - {name: lab, key: sk-another-another}\n", "127.0.0.1"));
    assertThat(get("/v1/models", "x-api-key", LAB).statusCode()).isEqualTo(401);
    assertThat(get("/v1/models", "x-api-key", "sk-another-another").statusCode()).isEqualTo(200);
    hub.apply(config("", "127.0.0.1"));
    assertThat(get("/v1/models").statusCode()).isEqualTo(200);
    NewSecret first = hub.keys().create(KeyConfig.named("first")).join();
    assertThat(get("/v1/models").statusCode()).isEqualTo(401);
    assertThat(get("/v1/models", "x-api-key", first.secret().value()).statusCode()).isEqualTo(200);
  }

  @Test
  void browsersAreToldWhichPagesMayCall() throws Exception {
    HttpResponse<String> allowed = preflight("https://app.example.com");
    assertThat(allowed.statusCode()).isEqualTo(200);
    assertThat(allowed.headers().firstValue("access-control-allow-origin"))
        .contains("https://app.example.com");
    assertThat(allowed.headers().firstValue("access-control-allow-headers").orElse(""))
        .contains("authorization");
    assertThat(preflight("https://evil.example.com").headers().map())
        .doesNotContainKey("access-control-allow-origin");
    HttpResponse<String> refused = get("/v1/models", "origin", "https://app.example.com");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("access-control-allow-origin")).isPresent();
    assertThat(refused.headers().firstValue("access-control-expose-headers").orElse(""))
        .contains("x-request-id");
  }

  private HttpResponse<String> preflight(String origin) throws Exception {
    return send(
        "OPTIONS",
        "/v1/models",
        "",
        "origin",
        origin,
        "access-control-request-method",
        "GET",
        "access-control-request-headers",
        "authorization");
  }

  @Test
  void isNotOpenToOthersWithoutBeingTold() throws ConfigException, IOException {
    HubConfig open = config("", "0.0.0.0");
    Path other = java.nio.file.Files.createDirectory(data.resolve("other"));
    assertThatThrownBy(() -> new Hub(open, Places.in(other), Clock.system()))
        .isInstanceOf(OpenHubException.class)
        .hasMessageContaining("parley keys create");
  }
}
