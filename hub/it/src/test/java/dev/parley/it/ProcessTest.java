package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Gate;
import dev.parley.testkit.openai.FakeOpenAi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own, and how it takes signals. */
@Timeout(60)
final class ProcessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FakeOpenAi openai = new FakeOpenAi();
  private final List<Process> started = new ArrayList<>();

  @TempDir Path folder;

  @BeforeEach
  void fake() {
    openai.start();
  }

  @AfterEach
  void nothingStays() {
    started.forEach(Process::destroyForcibly);
    openai.close();
  }

  private Process up(String drain) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("hub.yaml"),
            Configs.OPENAI
                .replace("drain_timeout: 1s", "drain_timeout: " + drain)
                .replace("${OPENAI}", openai.baseUri().toString())
                .replace("${SECRET}", HubUnderTest.SECRET));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "dev.parley.hub.app.Main",
                "up",
                "--config",
                config.toString())
            // What it stores by default goes into the folder that it is started in.
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    started.add(process);
    return process;
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("err"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Where it listens, once it has said so. */
  private URI address() {
    Waiting.untilTrue("started", PATIENCE, () -> said().contains("Stop: Ctrl-C"));
    String from = said().substring(said().indexOf("http://127.0.0.1:"));
    return URI.create(from.substring(0, from.indexOf(' ')));
  }

  private static Iterator<String> stream(HttpClient client, URI hub) throws Exception {
    HttpResponse<Stream<String>> answer =
        client.send(
            HttpRequest.newBuilder(hub.resolve(Http.CHAT))
                .header("content-type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        Http.chatBody("gpt-4o-mini", "one two three", ",\"stream\":true"),
                        StandardCharsets.UTF_8))
                .build(),
            BodyHandlers.ofLines());
    return answer.body().iterator();
  }

  private static long exitMillis(Process process) throws InterruptedException {
    long start = System.nanoTime();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  @Test
  void oneSignalLetsAStreamEnd() throws Exception {
    Process process = up("30s");
    Gate gate = new Gate();
    openai.enqueue(Behaviour.usual().gatedAfter(2, gate));
    try (HttpClient client = HttpClient.newHttpClient()) {
      Iterator<String> lines = stream(client, address());
      assertThat(gate.awaitReached(PATIENCE)).isTrue();
      process.destroy();
      Waiting.untilTrue("stopping", PATIENCE, () -> said().contains("stopping; "));
      gate.release();
      StringBuilder rest = new StringBuilder();
      lines.forEachRemaining(rest::append);
      assertThat(rest).contains("three").endsWith("data: [DONE]");
      assertThat(exitMillis(process)).isLessThan(2_000);
      assertThat(process.exitValue()).isZero();
    }
  }

  @Test
  void theSecondSignalEndsItAtOnce() throws Exception {
    Process process = up("30s");
    Gate gate = new Gate();
    openai.enqueue(Behaviour.usual().gatedAfter(2, gate));
    try (HttpClient client = HttpClient.newHttpClient()) {
      Iterator<String> lines = stream(client, address());
      assertThat(lines.hasNext()).isTrue();
      process.destroy();
      Waiting.untilTrue("stopping", PATIENCE, () -> said().contains("stopping; "));
      assertThat(process.isAlive()).isTrue();
      process.destroy();
      assertThat(exitMillis(process)).isLessThan(2_000);
      assertThat(process.exitValue()).isEqualTo(143);
    } finally {
      gate.release();
    }
  }

  @Test
  void aHubWithoutCallsEndsAtOnce() throws Exception {
    Process process = up("30s");
    address();
    process.destroy();
    assertThat(exitMillis(process)).isLessThan(2_000);
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void aSignalWhileItStartsEndsItAtOnce() throws Exception {
    Behaviour silent = Behaviour.hang();
    openai.otherwise(silent);
    Process process = up("30s");
    Waiting.untilTrue(
        "asked its backend", PATIENCE, () -> !openai.requests().isEmpty() || !process.isAlive());
    process.destroy();
    assertThat(exitMillis(process)).isLessThan(2_000);
  }
}
