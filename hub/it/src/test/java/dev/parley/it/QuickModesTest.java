package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Credential;
import dev.parley.testkit.content.SpokenText;
import dev.parley.testkit.openai.FakeOpenAi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub that knows its backend from the environment alone. */
@Timeout(120)
final class QuickModesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TEXT = "Nobody wrote a file.";

  /** Its name does not say that it speaks. */
  private final FakeOpenAi speaker = new FakeOpenAi("orpheus");

  private @Nullable Process hub;

  @TempDir Path folder;

  @BeforeEach
  void fake() {
    speaker.require(Credential.bearer(HubUnderTest.SECRET));
    speaker.start();
  }

  @AfterEach
  void nothingStays() {
    if (hub != null) {
      hub.destroyForcibly();
    }
    speaker.close();
  }

  private Process up(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
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
                "--port",
                "0")
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().putAll(environment);
    hub = builder.start();
    return hub;
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("err"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private URI address() {
    Waiting.untilTrue("started", PATIENCE, () -> said().contains("Stop: Ctrl-C"));
    String banner = said().substring(said().indexOf(" on http://127.0.0.1:") + " on ".length());
    return URI.create(banner.substring(0, banner.indexOf(' ')));
  }

  private static HttpResponse<byte[]> speak(HttpClient client, URI hub) {
    try {
      return client.send(
          HttpRequest.newBuilder(hub.resolve("/v1/audio/speech"))
              .header("content-type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"model\":\"orpheus\",\"input\":\"%s\",\"voice\":\"alloy\",".formatted(TEXT)
                          + "\"response_format\":\"pcm\"}"))
              .build(),
          BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void speaksThroughTheServerThatAVariableNames() throws Exception {
    up(
        Map.of(
            "TTS_REMOTE_URL",
            speaker.baseUri().toString(),
            "TTS_API_KEY",
            HubUnderTest.SECRET,
            "WHISPER_MODE",
            "",
            "ROUTER_MODEL",
            "m"));
    URI address = address();
    try (HttpClient client = HttpClient.newHttpClient()) {
      // On a busy machine the server may be asked in vain at the start, and again later.
      Waiting.untilTrue("speaks", PATIENCE, () -> speak(client, address).statusCode() == 200);
      HttpResponse<byte[]> spoken = speak(client, address);
      assertThat(spoken.headers().firstValue("x-parley-backend")).hasValue("tts");
      assertThat(spoken.body()).isEqualTo(SpokenText.pcm(TEXT, 24_000, 120, 120));
    }
    assertThat(said())
        .contains(
            "TTS_REMOTE_URL -> backend tts at " + speaker.baseUri(),
            "TTS_API_KEY -> key of backend tts (set)",
            "warning: environment ROUTER_MODEL: no effect, as ASR_BACKEND is not set",
            "no hub.yaml: serving what the environment names and this machine has")
        .doesNotContain(HubUnderTest.SECRET);
  }

  @Test
  void doesNotStartWithAMistake() throws Exception {
    Process process = up(Map.of("ASR_BACKEND", "openia"));
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(said())
        .contains(
            "environment ASR_BACKEND: \"openia\" (nearest: openai; expected: one of local, openai,"
                + " router)",
            "nothing was started");
  }
}
