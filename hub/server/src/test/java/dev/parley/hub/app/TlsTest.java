package dev.parley.hub.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.linecorp.armeria.testing.junit5.server.SelfSignedCertificateExtension;
import com.linecorp.armeria.testing.junit5.server.SignedCertificateExtension;
import com.sun.net.httpserver.HttpServer;
import dev.parley.adapters.BackendTypes;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.ConfigReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
class TlsTest {

  private static final char[] NO_PASSWORD = {};

  @RegisterExtension
  @Order(1)
  static final SelfSignedCertificateExtension ca = new SelfSignedCertificateExtension("ca.test");

  @RegisterExtension
  @Order(2)
  static final SignedCertificateExtension first =
      new SignedCertificateExtension("localhost", ca, List.of("localhost"));

  @RegisterExtension
  @Order(2)
  static final SignedCertificateExtension second =
      new SignedCertificateExtension("localhost", ca, List.of("localhost"));

  @RegisterExtension
  @Order(2)
  static final SignedCertificateExtension caller = new SignedCertificateExtension("caller", ca);

  @RegisterExtension
  static final SelfSignedCertificateExtension stranger =
      new SelfSignedCertificateExtension("stranger");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path data;

  private Path certificate() {
    return data.resolve("hub.crt");
  }

  private Path key() {
    return data.resolve("hub.key");
  }

  /** As tools that renew certificates do it: both are replaced whole. */
  private void put(SignedCertificateExtension shown) throws IOException {
    Files.writeString(key(), Files.readString(shown.privateKeyFile().toPath()));
    Files.writeString(certificate(), Files.readString(shown.certificateFile().toPath()));
  }

  private Hub hub(String more, int backend) throws Exception {
    put(first);
    String text =
        """
        server:
          port: 0
          drain_timeout: 0s
          tls: { certificate: "%s", key: "%s"%s }
        backends:
          - id: slow
            type: openai
            base_url: "http://127.0.0.1:%d"
            models: [{ id: m, capabilities: [chat] }]
        """
            .formatted(certificate(), key(), more, backend);
    Hub hub =
        new Hub(
            ConfigReader.parse(text, "test", BackendTypes.NAMES, _ -> null),
            Places.in(data.resolve("data")),
            Clock.system());
    var _ = hub.start();
    return hub;
  }

  private static SSLContext trusting(SignedCertificateExtension... shown) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null);
    trusted.setCertificateEntry("ca", ca.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
    own.load(null);
    for (SignedCertificateExtension one : shown) {
      X509Certificate[] chain = {one.certificate()};
      own.setKeyEntry("own", one.privateKey(), NO_PASSWORD, chain);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static HttpClient client(SignedCertificateExtension... shown) throws Exception {
    return HttpClient.newBuilder().sslContext(trusting(shown)).build();
  }

  private static HttpResponse<String> get(HttpClient client, Hub hub, String path)
      throws Exception {
    URI uri = URI.create("https://localhost:" + hub.port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static X509Certificate shownBy(Hub hub) throws Exception {
    try (HttpClient fresh = client()) {
      return (X509Certificate)
          get(fresh, hub, "/healthz").sslSession().orElseThrow().getPeerCertificates()[0];
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void speaksTlsWithWhatTheCallerPrefers(HttpClient.Version version) throws Exception {
    try (Hub hub = hub("", 1);
        HttpClient client =
            HttpClient.newBuilder().sslContext(trusting()).version(version).build()) {
      HttpResponse<String> answer = get(client, hub, "/healthz");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(version);
    }
  }

  @Test
  void refusesFoldedHeadersThroughTlsToo() throws Exception {
    try (Hub hub = hub("", 1)) {
      assertThat(first(hub, "x-a: b\r\n")).startsWith("HTTP/1.1 200 ");
      assertThat(first(hub, "x-a: b\r\n c\r\n")).startsWith("HTTP/1.1 400 ");
    }
  }

  /** The first line of what is answered to a second request on one connection. */
  private static String first(Hub hub, String header) throws Exception {
    String get = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n";
    try (Socket socket = trusting().getSocketFactory().createSocket("localhost", hub.port())) {
      socket.setSoTimeout(10_000);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      socket.getOutputStream().write((get + "\r\n").getBytes(US_ASCII));
      assertThat(in.readLine()).startsWith("HTTP/1.1 200 ");
      socket.getOutputStream().write((get + header + "\r\n").getBytes(US_ASCII));
      String line;
      do {
        line = in.readLine();
      } while (!line.contains("HTTP/1.1 "));
      return line.substring(line.indexOf("HTTP/1.1 "));
    }
  }

  @Test
  void tellsWhoeverSpeaksPlainHttp() throws Exception {
    try (Hub hub = hub("", 1);
        HttpClient plain = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      URI uri = URI.create("http://localhost:" + hub.port() + "/healthz");
      HttpResponse<String> answer =
          plain.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("plain HTTP").contains("https");
    }
  }

  @Test
  void letsOnlyKnownCallersInWhereTheyMustShowACertificate() throws Exception {
    try (Hub hub = hub(", client_ca: \"" + ca.certificateFile() + "\"", 1);
        HttpClient known = client(caller);
        HttpClient nobody = client();
        HttpClient unknown = client(stranger)) {
      assertThat(get(known, hub, "/healthz").statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> get(nobody, hub, "/healthz")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> get(unknown, hub, "/healthz")).isInstanceOf(IOException.class);
      assertThat(get(known, hub, "/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void asksForACertificateAndDoesWithout() throws Exception {
    String more = ", client_auth: request, client_ca: \"" + ca.certificateFile() + "\"";
    try (Hub hub = hub(more, 1);
        HttpClient known = client(caller);
        HttpClient nobody = client()) {
      assertThat(get(known, hub, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(nobody, hub, "/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void notesWhomTheCertificateOfACallerNames() throws Exception {
    String more = ", client_auth: request, client_ca: \"" + ca.certificateFile() + "\"";
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger calls = (Logger) LoggerFactory.getLogger("parley.calls");
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    calls.addAppender(lines);
    try (Hub hub = hub(more, 1);
        HttpClient known = client(caller);
        HttpClient nobody = client()) {
      for (int i = 0; i < 2; i++) {
        assertThat(get(known, hub, "/v1/models").statusCode()).isEqualTo(200);
      }
      assertThat(get(nobody, hub, "/v1/models").statusCode()).isEqualTo(200);
    } finally {
      calls.detachAppender(lines);
    }
    // The hub is closed, so nothing is written any more.
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> line.contains("/v1/models"))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("\"client_subject\":\"caller\""),
            line -> assertThat(line).contains("\"client_subject\":\"caller\""),
            line -> assertThat(line).doesNotContain("client_subject"));
  }

  @Test
  void takesANewCertificateWhileAStreamRuns() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    HttpServer backend = SlowChat.backend(goOn);
    try (HttpClient client = client();
        Hub hub = hub("", backend.getAddress().getPort())) {
      Iterator<String> lines = stream(client, hub).body().iterator();
      assertThat(lines.next()).contains("first");
      assertThat(shownBy(hub)).isEqualTo(first.certificate());

      Files.writeString(key(), "no key at all");
      assertThat(shownBy(hub)).isEqualTo(first.certificate());
      put(second);
      while (!shownBy(hub).equals(second.certificate())) {
        Thread.onSpinWait();
      }
      goOn.countDown();
      StringBuilder rest = new StringBuilder();
      lines.forEachRemaining(rest::append);
      assertThat(rest).contains("last").endsWith("data: [DONE]");
    } finally {
      goOn.countDown();
      backend.stop(0);
    }
  }

  @Test
  void tellsHowLongTheCertificateLasts() throws Exception {
    try (Hub hub = hub("", 1);
        HttpClient client = client()) {
      assertThat(get(client, hub, "/metrics").body()).containsPattern("tls_days_left\\S* [1-9]");
    }
  }

  private static HttpResponse<Stream<String>> stream(HttpClient client, Hub hub) throws Exception {
    return SlowChat.ask(client, "https://localhost:" + hub.port());
  }
}
