package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.UsageConfig;
import dev.parley.hub.usage.Ledger;
import dev.parley.hub.usage.UsageBook;
import dev.parley.hub.usage.UsageFilter;
import dev.parley.hub.usage.UsageQueries;
import dev.parley.hub.usage.UsageRow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is in the ledger of a hub that is killed under load. */
@Timeout(180)
class UsageCrashTest {

  private static final int KILLS = 3;
  private static final int CALLERS = 4;
  private static final int CALLS_EACH_LIFE = 400;
  private static final Duration FLUSH = Duration.ofMillis(500);
  private static final byte[] ANSWER =
      ("{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
              + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"yes\"},"
              + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,"
              + "\"completion_tokens\":1,\"total_tokens\":10}}")
          .getBytes(StandardCharsets.UTF_8);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path folder;

  /** When each call of one life of the hub was answered, by the id in the answer. */
  private final Map<String, Long> answered = new ConcurrentHashMap<>();

  private int answeredBefore;

  private static HttpServer backend() throws IOException {
    HttpServer backend =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
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
    return backend;
  }

  private Process hub(int backend) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("hub.yaml"),
            "server: { port: 0 }\nusage: { flush: "
                + FLUSH.toMillis()
                + "ms }\nbackends: [{ id: b, type: openai, base_url: \"http://127.0.0.1:"
                + backend
                + "/v1\", models: [{ id: m, capabilities: [chat],"
                + " price: { input_tokens: 1, output_tokens: 2 } }] }]\n");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "dev.parley.hub.app.Main",
            "up",
            "--config",
            config.toString(),
            "--data",
            folder.resolve("data").toString())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("err"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void until(BooleanSupplier so, Process alive) {
    while (!so.getAsBoolean()) {
      assertThat(alive.isAlive()).isTrue();
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Calls until the hub is gone. */
  private void call(HttpClient client, URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/v1/chat/completions"))
            .header("content-type", "application/json")
            .timeout(Duration.ofSeconds(10))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"))
            .build();
    try {
      while (true) {
        HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
        long now = System.nanoTime();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answered.put(answer.headers().firstValue("x-request-id").orElseThrow(), now))
            .isNull();
      }
    } catch (IOException _) {
      // The hub is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void hasEveryCallOnceThatWasAnsweredAFlushBeforeTheKill() throws Exception {
    HttpServer backend = backend();
    List<String> owed = new ArrayList<>();
    try {
      for (int i = 0; i < KILLS; i++) {
        owed.addAll(killedUnderLoad(backend.getAddress().getPort()));
      }
    } finally {
      backend.stop(0);
    }
    finishWriting();
    List<UsageRow> rows = new ArrayList<>();
    try (UsageBook book = UsageBook.open(Optional.empty(), folder.resolve("data"))) {
      UsageQueries.rows(book, UsageFilter.ALL, rows::add);
    }
    Map<String, Long> found =
        rows.stream().collect(Collectors.groupingBy(UsageRow::requestId, Collectors.counting()));
    assertThat(owed).hasSizeGreaterThan(KILLS * 100);
    assertThat(owed).filteredOn(id -> !found.containsKey(id)).isEmpty();
    assertThat(found.values()).containsOnly(1L);
    // What the killed hub had answered or was answering, and nothing else.
    assertThat(rows).hasSizeLessThanOrEqualTo(answeredBefore + answered.size() + KILLS * CALLERS);
    assertThat(rows)
        .allSatisfy(row -> {
          assertThat(row.served().backend()).isEqualTo("b");
          assertThat(row.used().inputTokens()).isEqualTo(9);
          assertThat(row.cost().micros()).isEqualTo(11);
        });
  }

  /** The calls that must be in the ledger now. */
  private List<String> killedUnderLoad(int backend) throws Exception {
    Files.deleteIfExists(folder.resolve("err"));
    Process hub = hub(backend);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      until(() -> Files.exists(folder.resolve("err")) && said().contains("Stop: Ctrl-C"), hub);
      String from = said().substring(said().indexOf("http://127.0.0.1:"));
      URI address = URI.create(from.substring(0, from.indexOf(' ')));
      answeredBefore += answered.size();
      answered.clear();
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(Thread.ofPlatform().start(() -> call(client, address)));
      }
      long begun = System.nanoTime();
      until(
          () ->
              answered.size() >= CALLS_EACH_LIFE && System.nanoTime() - begun > 3 * FLUSH.toNanos(),
          hub);
      long killed = System.nanoTime();
      hub.destroyForcibly();
      assertThat(hub.waitFor(30, TimeUnit.SECONDS)).isTrue();
      for (Thread caller : callers) {
        caller.join();
      }
      return answered.entrySet().stream()
          .filter(entry -> killed - entry.getValue() > FLUSH.toNanos())
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      hub.destroyForcibly();
    }
  }

  /** As the next hub would do: what was put aside is written. */
  private void finishWriting() throws IOException {
    try (Ledger ledger =
        Ledger.open(
            Optional.empty(), folder.resolve("data"), UsageConfig.DEFAULT, Clock.system())) {
      while (ledger.status().spillBytes() > 0) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }
}
