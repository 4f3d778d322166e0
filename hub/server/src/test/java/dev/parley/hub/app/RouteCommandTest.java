package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.core.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RouteCommandTest {

  private static final String CONFIG =
      """
      backends:
        - id: gone
          type: openai
          base_url: "http://127.0.0.1:1"
          models: [{ id: big }]
        - id: here
          type: openai
          base_url: "http://127.0.0.1:PORT/v1"
          local: true
          models: [{ id: small, context_length: 4096, capabilities: [chat] }]
      models:
        - id: assistant
          targets: [{ backend: gone, model: big }, { backend: here, model: small }]
          rules:
            - when: { stream: true }
              targets: [{ backend: here, model: small }]
      """;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private HttpServer backend;

  @BeforeEach
  void listen() throws IOException {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/",
        exchange -> {
          byte[] models =
              "{\"object\":\"list\",\"data\":[{\"id\":\"small\",\"object\":\"model\"}]}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("content-type", "application/json");
          exchange.sendResponseHeaders(200, models.length);
          exchange.getResponseBody().write(models);
          exchange.close();
        });
    backend.start();
    String port = String.valueOf(backend.getAddress().getPort());
    Files.writeString(folder.resolve("hub.yaml"), CONFIG.replace("PORT", port));
  }

  @AfterEach
  void stop() {
    backend.stop(0);
  }

  private int route(String... args) {
    Shell shell =
        new Shell(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            _ -> null,
            folder,
            Clock.system());
    return new Main().run(Stream.concat(Stream.of("route"), Stream.of(args)).toList(), shell);
  }

  private static List<String> lines(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void showsThePlanWithAReasonForEveryTarget() {
    assertThat(route("--dry-run", "assistant")).isEqualTo(Exit.FINE);
    assertThat(lines(out))
        .containsExactly(
            "#  TARGET      ROLE         REASON",
            "1  here/small  ready        in the operator's order",
            "2  gone/big    last_resort  in the operator's order, but down at the last probe");
    assertThat(lines(err)).isEmpty();
  }

  @Test
  void namesTheRuleThatAppliesAndWhatIsPassedOver() {
    assertThat(route("--dry-run", "assistant", "--stream")).isEqualTo(Exit.FINE);
    assertThat(lines(out)).contains("1  here/small  ready  rule 1: streamed; the only target");
    out.reset();
    assertThat(route("--dry-run", "assistant", "--tokens", "5000")).isEqualTo(Exit.FINE);
    assertThat(lines(out))
        .containsExactly(
            "#  TARGET    ROLE         REASON",
            "1  gone/big  last_resort  the only one of its name that can serve, but down at the last"
                + " probe",
            "",
            "PASSED OVER  REASON",
            "here/small   context of 4096 tokens is too small for about 5000");
  }

  @Test
  void takesEverythingThatACallMaySayOfItself() {
    int code =
        route(
            "--dry-run",
            "assistant",
            "--capability",
            "chat",
            "--input",
            "text",
            "--output",
            "text",
            "--language",
            "en",
            "--size",
            "12MiB",
            "--audio",
            "90s",
            "--characters",
            "7",
            "--tokens",
            "20",
            "--priority",
            "batch",
            "--privacy",
            "local_only",
            "--tag",
            "a,b",
            "--key",
            "kim",
            "--session",
            "s",
            "--voice",
            "v",
            "--backend",
            "here");
    assertThat(lines(err)).isEmpty();
    assertThat(code).isEqualTo(Exit.FINE);
    assertThat(lines(out))
        .contains("1  here/small  ready  the only one of its name that can serve");
  }

  @Test
  void failsWhereNothingCanServe() {
    assertThat(route("--dry-run", "asistant")).isEqualTo(Exit.FAILED);
    assertThat(lines(err)).singleElement().asString().contains("asistant").contains("assistant");
    err.reset();
    assertThat(route("--dry-run", "assistant", "--capability", "tts")).isEqualTo(Exit.FAILED);
    assertThat(lines(err)).singleElement().asString().contains("no capability tts");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThat(route("assistant")).isEqualTo(Exit.WRONG);
    assertThat(lines(err)).contains("parley: route only looks so far: add --dry-run");
    err.reset();
    assertThat(route("--dry-run", "assistant", "--capability", "chatt")).isEqualTo(Exit.WRONG);
    assertThat(lines(err).getFirst()).contains("unknown capability").contains("mean chat?");
    err.reset();
    assertThat(route("--dry-run", "assistant", "--size", "big")).isEqualTo(Exit.WRONG);
    assertThat(lines(err).getFirst()).contains("--size").contains("such as 12MiB");
    err.reset();
    assertThat(route("--dry-run", "assistant", "--audio", "long")).isEqualTo(Exit.WRONG);
    assertThat(lines(err).getFirst()).contains("such as 90s");
    err.reset();
    assertThat(route("--dry-run", "assistant", "--privacy", "secret")).isEqualTo(Exit.WRONG);
    assertThat(lines(err).getFirst()).contains("anywhere or local_only");
    err.reset();
    assertThat(route("--dry-run", "assistant", "--input", "imag")).isEqualTo(Exit.WRONG);
    assertThat(lines(err).getFirst()).contains("mean image?");
  }
}
