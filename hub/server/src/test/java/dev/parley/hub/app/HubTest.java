package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.parley.adapters.BackendTypes;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigReader;
import dev.parley.hub.config.HubConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HubTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path data;

  private static HubConfig config(int port, int backend, String drain) throws ConfigException {
    String text =
        "server: { port: "
            + port
            + ", drain_timeout: "
            + drain
            + " }\nbackends: [{ id: slow, type: openai, base_url: \"http://127.0.0.1:"
            + backend
            + "\", models: [{ id: m, capabilities: [chat] }] }]\n";
    return ConfigReader.parse(text, "test", BackendTypes.NAMES, _ -> null);
  }

  private static HttpRequest.Builder request(Hub hub, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + path));
  }

  private static HttpResponse<Stream<String>> stream(HttpClient client, Hub hub) throws Exception {
    return SlowChat.ask(client, "http://127.0.0.1:" + hub.port());
  }

  private static int status(HttpClient client, Hub hub, String path) throws Exception {
    return get(client, hub, path).statusCode();
  }

  private static HttpResponse<String> get(HttpClient client, Hub hub, String path)
      throws Exception {
    return client.send(request(hub, path).build(), BodyHandlers.ofString());
  }

  @Test
  void letsARunningStreamEndAndTurnsNewCallsAway() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    HttpServer backend = SlowChat.backend(goOn);
    try (Hub hub =
            new Hub(
                config(0, backend.getAddress().getPort(), "30s"), Places.in(data), Clock.system());
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var _ = hub.start();
      assertThat(status(client, hub, "/readyz")).isEqualTo(200);
      Iterator<String> lines = stream(client, hub).body().iterator();
      assertThat(lines.next()).contains("first");

      CompletableFuture<Void> closed = CompletableFuture.runAsync(hub::close);
      while (status(client, hub, "/readyz") == 200) {
        Thread.onSpinWait();
      }
      assertThat(status(client, hub, "/readyz")).isEqualTo(503);
      HttpResponse<String> refused = get(client, hub, "/v1/models");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("x-request-id")).isPresent();
      assertThat(closed).isNotDone();

      goOn.countDown();
      StringBuilder rest = new StringBuilder();
      lines.forEachRemaining(rest::append);
      assertThat(rest).contains("last").endsWith("data: [DONE]");
      closed.join();
    } finally {
      goOn.countDown();
      backend.stop(0);
    }
  }

  @Test
  void doesNotWaitLongerThanTheDrainTime() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    HttpServer backend = SlowChat.backend(goOn);
    // The hub is closed first, while the stream is still open.
    try (HttpClient client = HttpClient.newHttpClient();
        Hub hub =
            new Hub(
                config(0, backend.getAddress().getPort(), "0s"), Places.in(data), Clock.system())) {
      var _ = hub.start();
      Iterator<String> lines = stream(client, hub).body().iterator();
      assertThat(lines.next()).contains("first");
    } finally {
      goOn.countDown();
      backend.stop(0);
    }
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Hub hub = new Hub(config(taken.getLocalPort(), 1, "1s"), Places.in(data), Clock.system())) {
      assertThatThrownBy(hub::start)
          .isInstanceOf(CannotListenException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("already")
          .hasMessageContaining("--port");
    }
  }

  @Test
  void putsOtherBackendsInEffectWhileItRuns() throws Exception {
    try (Hub hub = new Hub(config(0, 1, "1s"), Places.in(data), Clock.system())) {
      var _ = hub.start();
      HubConfig next =
          ConfigReader.parse(
              """
              server: { port: 1 }
              backends: [{ id: other, type: openai, base_url: "http://127.0.0.1:1" }]
              """,
              "test",
              BackendTypes.NAMES,
              _ -> null);
      hub.apply(next);
      assertThat(hub.registry().snapshot().backends())
          .filteredOn(backend -> !backend.isBuiltIn())
          .extracting(backend -> backend.id())
          .containsExactly("other");
      assertThat(hub.registry().snapshot().backends())
          .extracting(backend -> backend.id())
          .startsWith("other", "freetts");
    }
  }
}
