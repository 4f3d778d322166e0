package dev.parley.hub.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.core.model.Capability;
import dev.parley.hub.config.QuickServer;
import dev.parley.hub.config.Secret;
import dev.parley.hub.config.ServerFacts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is learned of a server that somebody named. */
class NamedServerTest {

  private static final Set<String> TYPES = Set.of("openai", "kokoro", "voicebox-provider");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String KEY = "k";

  private final List<HttpServer> servers = new ArrayList<>();

  /** Answers whoever shows the key in one of the two headers. */
  private String serve(Map<String, String> bodies) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean known =
              ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("authorization"))
                  && KEY.equals(exchange.getRequestHeaders().getFirst("x-api-key"));
          String body = bodies.get(exchange.getRequestURI().getPath());
          byte[] bytes = (body == null ? "no" : body).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(!known ? 401 : body == null ? 404 : 200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private static Optional<ServerFacts> ask(String url, Optional<Secret> key, Duration patience)
      throws InterruptedException {
    QuickServer server =
        new QuickServer(
            "tts",
            Capability.TTS,
            URI.create(url),
            Optional.empty(),
            key,
            List.of(),
            "TTS_REMOTE_URL",
            Map.of());
    try (Discovery discovery = new Discovery(List.of(), TYPES, patience)) {
      return Optional.ofNullable(discovery.ask(List.of(server)).get("tts"));
    }
  }

  private static Optional<ServerFacts> ask(String url) throws InterruptedException {
    return ask(url, Optional.of(new Secret(KEY)), PATIENCE);
  }

  @Test
  void tellsItsKindAndItsModels() throws Exception {
    String models = "{\"data\":[{\"id\":\"a\",\"owned_by\":\"kokoro\"},{\"id\":\"b\"}]}";
    String server = serve(Map.of("/v1/models", models, "/sub/v1/models", models));
    ServerFacts facts = new ServerFacts("kokoro", List.of("a", "b"));
    assertThat(ask(server)).contains(facts);
    assertThat(ask(server + "/v1")).contains(facts);
    assertThat(ask(server + "/sub/v1/")).contains(facts);
  }

  @Test
  void aProviderOfVoiceboxHasNoListOfModels() throws Exception {
    String health = "{\"status\":\"healthy\",\"model\":\"Qwen3-TTS\",\"device\":\"cuda:0\"}";
    assertThat(ask(serve(Map.of("/health", health))))
        .contains(new ServerFacts("voicebox-provider", List.of()));
  }

  @Test
  void anotherHubMayBeNamedAlthoughItIsNotFound() throws Exception {
    String hub = "{\"data\":[{\"id\":\"m\",\"backends\":[\"a\"]}]}";
    assertThat(ask(serve(Map.of("/v1/models", hub))))
        .contains(new ServerFacts("openai", List.of("m")));
  }

  @Test
  void aServerThatRefusesOrIsSilentTellsNothing() throws Exception {
    String server = serve(Map.of("/v1/models", "{\"data\":[{\"id\":\"a\"}]}"));
    assertThat(ask(server, Optional.empty(), PATIENCE)).isEmpty();
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort();
      assertThat(ask(url, Optional.empty(), Duration.ofMillis(200))).isEmpty();
    }
  }
}
