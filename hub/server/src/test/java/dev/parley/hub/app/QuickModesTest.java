package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.QuickConfig;
import dev.parley.hub.config.QuickReader;
import dev.parley.hub.config.ServerConfig;
import dev.parley.hub.discovery.Discovery;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands where the environment stands for a file. */
class QuickModesTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Map<String, String> environment, String... words) {
    Shell shell =
        new Shell(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment::get,
            folder,
            Clock.system());
    return new Main().run(List.of(words), shell);
  }

  private static List<String> lines(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void checkSaysWhatTheVariablesMean() {
    Map<String, String> environment =
        Map.of("TTS_REMOTE_URL", "http://gpu-1:1", "TTS_API_KEY", "s3cret", "ROUTER_MODEL", "m");
    assertThat(run(environment, "check")).isEqualTo(Exit.FINE);
    assertThat(lines(out))
        .containsExactly(
            "TTS_REMOTE_URL -> backend tts at http://gpu-1:1",
            "TTS_API_KEY -> key of backend tts (set)",
            "fine: 1 backend named by the environment; 1 warning");
    assertThat(lines(err))
        .containsExactly("warning: environment ROUTER_MODEL: no effect, as ASR_BACKEND is not set");
  }

  @Test
  void withoutAFileAndWithoutVariablesThereIsNothingToCheck() {
    assertThat(run(Map.of("OPENAI_API_KEY", "k"), "check")).isEqualTo(Exit.WRONG);
    assertThat(lines(err).getFirst()).contains("there is no hub.yaml here");
  }

  @Test
  void mistakesEndEveryCommandAsThoseOfAFileDo() {
    for (String command : List.of("up", "check", "backends", "models")) {
      err.reset();
      assertThat(run(Map.of("TTS_MODE", "remot"), command)).isEqualTo(Exit.WRONG);
      assertThat(lines(err))
          .containsExactly(
              "environment TTS_MODE: \"remot\" (nearest: remote; expected: one of local, remote)",
              "1 problem; nothing was started.");
    }
  }

  @Test
  void aHubDoesNotStartInFrontOfItself() {
    Map<String, String> environment = Map.of("TTS_REMOTE_URL", "http://127.0.0.1:8080");
    assertThat(run(environment, "up")).isEqualTo(Exit.WRONG);
    assertThat(lines(err).getFirst()).contains("where this hub itself listens");
  }

  @Test
  void aFileDecidesAlone() throws Exception {
    Files.writeString(
        folder.resolve("hub.yaml"),
        "backends: [{ id: a, type: openai, base_url: \"http://127.0.0.1:1\" }]\n");
    Map<String, String> environment = Map.of("TTS_MODE", "remot", "ROUTER_MODEL", "m");
    assertThat(run(environment, "check")).isEqualTo(Exit.FINE);
    assertThat(lines(out))
        .containsExactly("fine: 1 backend, 0 models named, more as the backends tell");
    assertThat(lines(err))
        .containsExactly("hub.yaml decides alone; without effect: TTS_MODE, ROUTER_MODEL");
  }

  @Test
  void aServerThatIsNotThereAtTheStartIsAskedAgain() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      int port = server.getAddress().getPort();
      byte[] body =
          "{\"data\":[{\"id\":\"m\",\"owned_by\":\"kokoro\"}]}".getBytes(StandardCharsets.UTF_8);
      boolean[] up = {false};
      server.createContext(
          "/v1/models",
          exchange -> {
            exchange.sendResponseHeaders(up[0] ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      QuickConfig quick =
          QuickReader.read(Map.of("TTS_REMOTE_URL", "http://127.0.0.1:" + port)::get);
      List<String> types = new ArrayList<>();
      try (Discovery discovery =
          new Discovery(List.of(), Set.of("kokoro"), Duration.ofSeconds(20))) {
        NamedServers named = new NamedServers(quick, discovery);
        try (Rediscovery again =
            new Rediscovery(
                discovery,
                Rediscovery.INTERVAL_DEFAULT,
                List.of(),
                Set.of(),
                named::look,
                found -> types.addAll(types(named, found)))) {
          again.lookOnce();
          assertThat(types(named, List.of())).containsExactly("openai");
          up[0] = true;
          again.lookOnce();
          again.lookOnce();
        }
      }
      assertThat(types).containsExactly("kokoro");
    } finally {
      server.stop(0);
    }
  }

  private static List<String> types(NamedServers named, List<BackendConfig> found) {
    return named.with(ServerConfig.DEFAULT, found).backends().stream()
        .map(BackendConfig::type)
        .toList();
  }
}
