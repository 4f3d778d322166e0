package dev.parley.hub.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.parley.hub.config.BackendConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

  private static final Set<String> TYPES =
      Set.of(
          "openai",
          "vllm",
          "vllm-omni",
          "llama-server",
          "ollama",
          "tei",
          "chatterbox",
          "voicebox",
          "speaches",
          "kokoro",
          "faster-whisper",
          "whisper-cpp");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<HttpServer> servers = new ArrayList<>();

  private int serve(Map<String, String> bodies) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = bodies.get(exchange.getRequestURI().getPath());
          byte[] bytes = (body == null ? "no" : body).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              body == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private static List<BackendConfig> look(Candidate... candidates) throws InterruptedException {
    try (Discovery discovery = new Discovery(List.of(candidates), TYPES, PATIENCE)) {
      return discovery.look(Set.of());
    }
  }

  private static Candidate plain(int port) {
    return new Candidate(port, Optional.empty());
  }

  private static String models(String extra) {
    return "{\"object\":\"list\",\"data\":[{\"id\":\"m\"" + extra + "}]}";
  }

  private String typeOf(Map<String, String> bodies) throws Exception {
    return look(plain(serve(bodies))).stream()
        .map(BackendConfig::type)
        .findFirst()
        .orElse("nothing");
  }

  @Test
  void tellsTheKindsApart() throws Exception {
    String vllm = models(",\"owned_by\":\"vllm\"");
    assertThat(typeOf(Map.of("/api/version", "{\"version\":\"0.33.0\"}"))).isEqualTo("ollama");
    assertThat(typeOf(Map.of("/info", "{\"model_id\":\"bge\"}"))).isEqualTo("tei");
    assertThat(typeOf(Map.of("/props", "{\"default_generation_settings\":{}}")))
        .isEqualTo("llama-server");
    assertThat(typeOf(Map.of("/v1/models", vllm, "/health", ""))).isEqualTo("vllm");
    assertThat(typeOf(Map.of("/v1/models", vllm, "/health", "{\"status\":\"healthy\"}")))
        .isEqualTo("vllm-omni");
    assertThat(typeOf(Map.of("/v1/models", models("")))).isEqualTo("openai");
  }

  @Test
  void tellsServersThatSpeakApart() throws Exception {
    assertThat(typeOf(Map.of("/api/model-info", "{\"loaded\":false,\"type\":null}")))
        .isEqualTo("chatterbox");
    String voicebox = "{\"status\":\"healthy\",\"model_loaded\":true,\"backend_type\":\"pytorch\"}";
    assertThat(typeOf(Map.of("/health", voicebox))).isEqualTo("voicebox");
    assertThat(typeOf(Map.of("/v1/models", models(",\"task\":\"text-to-speech\""))))
        .isEqualTo("speaches");
    assertThat(typeOf(Map.of("/v1/models", models(",\"owned_by\":\"kokoro\""))))
        .isEqualTo("kokoro");
  }

  @Test
  void tellsServersThatWriteDownSpeechApart() throws Exception {
    String fasterWhisper = "{\"status\":\"ok\",\"model_loaded\":false,\"model\":\"small\"}";
    assertThat(typeOf(Map.of("/health", fasterWhisper))).isEqualTo("faster-whisper");
    String page = "<html><head><title>Whisper.cpp Server</title></head></html>";
    assertThat(typeOf(Map.of("/health", "{\"status\":\"ok\"}", "/", page)))
        .isEqualTo("whisper-cpp");
    assertThat(typeOf(Map.of("/health", "{\"status\":\"ok\"}", "/", "<html></html>")))
        .isEqualTo("nothing");
  }

  @Test
  void passesOverOtherHubsAndWhatItDoesNotKnow() throws Exception {
    assertThat(typeOf(Map.of("/v1/models", models(",\"backends\":[\"a\"]")))).isEqualTo("nothing");
    assertThat(typeOf(Map.of("/v1/models", "{\"data\":[]}"))).isEqualTo("nothing");
    assertThat(typeOf(Map.of("/v1/models", "<html>", "/info", "[1"))).isEqualTo("nothing");
    assertThat(typeOf(Map.of())).isEqualTo("nothing");
  }

  @Test
  void namesAreShortAtTheUsualPortOnly() throws Exception {
    Map<String, String> ollama = Map.of("/api/version", "{\"version\":\"1\"}");
    int first = serve(ollama);
    int second = serve(ollama);
    assertThat(look(plain(second), new Candidate(first, Optional.of("ollama"))))
        .extracting(BackendConfig::id)
        .containsExactly("ollama-" + second, "ollama");
  }

  @Test
  void closedPortsAndPortsOfItsOwnAreNotFound() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    assertThat(look(plain(closed))).isEmpty();
    int own = serve(Map.of("/v1/models", models("")));
    try (Discovery discovery = new Discovery(List.of(plain(own)), TYPES, PATIENCE)) {
      assertThat(discovery.look(Set.of(own))).isEmpty();
    }
  }

  @Test
  void aSilentPortDoesNotHoldUpTheLook() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Discovery discovery =
            new Discovery(List.of(plain(silent.getLocalPort())), TYPES, Duration.ofMillis(200))) {
      assertThat(discovery.look(Set.of())).isEmpty();
    }
  }

  @Test
  void readsFurtherPorts() {
    assertThat(Candidate.parse("ollama=12345, 9000"))
        .containsExactly(
            new Candidate(12345, Optional.of("ollama")), new Candidate(9000, Optional.empty()));
    assertThat(Candidate.parse("")).isEmpty();
    assertThatThrownBy(() -> Candidate.parse("x=y")).hasMessageContaining("expected");
    assertThatThrownBy(() -> Candidate.parse("70000")).hasMessageContaining("1..65535");
  }
}
