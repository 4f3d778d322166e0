package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.TlsProvider;
import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerTlsConfig;
import com.linecorp.armeria.server.websocket.WebSocketService;
import com.linecorp.armeria.testing.junit5.server.SelfSignedCertificateExtension;
import com.linecorp.armeria.testing.junit5.server.SignedCertificateExtension;
import dev.parley.adapters.BackendTypes;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.HttpTransport;
import dev.parley.adapters.http.Socket;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.Credentials;
import dev.parley.core.spi.TlsFiles;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.ConfigReader;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.ClientAuth;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BackendTlsTest {

  private static final String ANSWER =
      """
      {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,\
      "message":{"role":"assistant","content":"over TLS"},"finish_reason":"stop"}]}\
      """;

  @RegisterExtension
  @Order(1)
  static final SelfSignedCertificateExtension ca = new SelfSignedCertificateExtension("ca.test");

  @RegisterExtension
  @Order(2)
  static final SignedCertificateExtension backend =
      new SignedCertificateExtension("localhost", ca, List.of("localhost"));

  @RegisterExtension
  @Order(2)
  static final SignedCertificateExtension misnamed =
      new SignedCertificateExtension("elsewhere", ca, List.of("elsewhere"));

  @RegisterExtension
  @Order(2)
  static final SignedCertificateExtension ours = new SignedCertificateExtension("hub", ca);

  @RegisterExtension
  static final SelfSignedCertificateExtension other = new SelfSignedCertificateExtension("other");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path data;

  private Optional<Server> running = Optional.empty();

  @AfterEach
  void stop() {
    // It takes two seconds to stop, in which nobody needs it any more.
    running.ifPresent(server -> {
      var _ = server.stop();
    });
  }

  private int backend(SignedCertificateExtension shown, ClientAuth auth) {
    TlsProvider provider =
        TlsProvider.builder()
            .keyPair(shown.tlsKeyPair())
            .trustedCertificates(ca.certificate())
            .build();
    Server server =
        Server.builder()
            .https(0)
            .tlsProvider(provider, ServerTlsConfig.builder().clientAuth(auth).build())
            .service(
                "/v1/chat/completions",
                (_, _) -> HttpResponse.of(HttpStatus.OK, MediaType.JSON, ANSWER))
            .service(
                "/socket",
                WebSocketService.of((_, _) -> {
                  var out = WebSocket.streaming();
                  out.write("hello over TLS");
                  return out;
                }))
            .build();
    server.start().join();
    running = Optional.of(server);
    return server.activeLocalPort();
  }

  private String answer(int port, String tls) throws Exception {
    try (Hub hub = hub(port, tls);
        HttpClient client = HttpClient.newHttpClient()) {
      return ask(client, hub);
    }
  }

  private Hub hub(int port, String tls) throws Exception {
    String text =
        """
        server: { port: 0, drain_timeout: 0s }
        backends:
          - id: safe
            type: openai
            base_url: "https://localhost:%d/v1"
            retry: { tries: 1, tries_alone: 1 }
            models: [{ id: m, capabilities: [chat] }]
            %s
        """
            .formatted(port, tls);
    Hub hub =
        new Hub(
            ConfigReader.parse(text, "test", BackendTypes.NAMES, _ -> null),
            Places.in(data.resolve("data")),
            Clock.system());
    var _ = hub.start();
    return hub;
  }

  private static String ask(HttpClient client, Hub hub) throws Exception {
    String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    URI uri = URI.create("http://127.0.0.1:" + hub.port() + "/v1/chat/completions");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()).body();
  }

  private static String trusting(Path file) {
    return "tls: { ca: \"" + file + "\" }";
  }

  private static String showing() {
    return "tls: { ca: \"%s\", certificate: \"%s\", key: \"%s\" }"
        .formatted(ca.certificateFile(), ours.certificateFile(), ours.privateKeyFile());
  }

  @Test
  void trustsWhomTheOperatorNames() throws Exception {
    int port = backend(backend, ClientAuth.NONE);
    assertThat(answer(port, trusting(ca.certificateFile().toPath()))).contains("over TLS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "other"})
  void saysThatABackendIsNotTrusted(String trusted) throws Exception {
    int port = backend(backend, ClientAuth.NONE);
    String tls = trusted.isEmpty() ? "" : trusting(other.certificateFile().toPath());
    assertThat(answer(port, tls))
        .contains("upstream_error")
        .contains("its certificate is not trusted")
        .doesNotContain("localhost");
  }

  @Test
  void saysThatTheCertificateIsOfAnotherName() throws Exception {
    int port = backend(misnamed, ClientAuth.NONE);
    assertThat(answer(port, trusting(ca.certificateFile().toPath())))
        .contains("its certificate is for another name");
  }

  @Test
  void showsItsCertificateToABackendThatWantsOne() throws Exception {
    int port = backend(backend, ClientAuth.REQUIRE);
    assertThat(answer(port, showing())).contains("over TLS");
    assertThat(answer(port, trusting(ca.certificateFile().toPath())))
        .contains("it does not accept the certificate that the hub shows, or wants one");
  }

  @Test
  void trustsSomebodyElseAsSoonAsTheFileSaysSo() throws Exception {
    int port = backend(backend, ClientAuth.NONE);
    Path trusted = data.resolve("ca.crt");
    Files.copy(other.certificateFile().toPath(), trusted);
    try (Hub hub = hub(port, trusting(trusted));
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(ask(client, hub)).contains("not trusted");
      Files.writeString(trusted, Files.readString(ca.certificateFile().toPath()));
      String said;
      do {
        said = ask(client, hub);
      } while (!said.contains("over TLS"));
      assertThat(said).contains("over TLS");
    }
  }

  @Test
  void opensSocketsTheSameWay() {
    int port = backend(backend, ClientAuth.REQUIRE);
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Optional<TlsFiles> files =
        Optional.of(
            new TlsFiles(
                Optional.of(ca.certificateFile().toPath()),
                Optional.of(ours.certificateFile().toPath()),
                Optional.of(ours.privateKeyFile().toPath())));
    try (BackendClient client = new HttpTransport(loops).open(spec(port, files));
        BackendClient stranger = new HttpTransport(loops).open(spec(port, Optional.empty()))) {
      assertThat(firstWord(client)).isEqualTo("hello over TLS");
      assertThat(firstWord(stranger)).contains("its certificate is not trusted");
    } finally {
      var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  private static String firstWord(BackendClient client) {
    CompletableFuture<String> said = new CompletableFuture<>();
    Socket.Listener listener =
        new Socket.Listener() {
          @Override
          public void text(String text) {
            said.complete(text);
          }

          @Override
          public void failed(HubException failure) {
            said.complete("" + failure.error());
          }
        };
    try (Socket _ = client.socket("/socket", "r", new Target("safe", "m"), listener)) {
      return said.orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  private static BackendSpec spec(int port, Optional<TlsFiles> files) {
    return new BackendSpec(
        "safe",
        "openai",
        URI.create("https://localhost:" + port),
        new Credentials.None(),
        Map.of(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        1 << 20,
        List.of(),
        Map.of(),
        files);
  }
}
