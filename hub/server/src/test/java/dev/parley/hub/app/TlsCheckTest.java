package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.testing.junit5.server.SelfSignedCertificateExtension;
import dev.parley.adapters.http.LiveTls;
import dev.parley.adapters.http.TlsFilesException;
import dev.parley.core.spi.TlsFiles;
import dev.parley.core.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TlsCheckTest {

  @RegisterExtension
  static final SelfSignedCertificateExtension lasting = new SelfSignedCertificateExtension("a");

  @RegisterExtension
  @SuppressWarnings("TimeInStaticInitializer") // A certificate of the time at which tests run.
  static final SelfSignedCertificateExtension ending =
      new SelfSignedCertificateExtension(
          "b",
          Instant.now().minus(Duration.ofDays(30)),
          Instant.now().plus(Duration.ofDays(3)).plus(Duration.ofHours(1)));

  @RegisterExtension
  @SuppressWarnings("TimeInStaticInitializer") // A certificate of the time at which tests run.
  static final SelfSignedCertificateExtension ended =
      new SelfSignedCertificateExtension(
          "c", Instant.now().minus(Duration.ofDays(30)), Instant.now().minus(Duration.ofDays(3)));

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int check(File certificate, File key) throws IOException {
    Files.writeString(
        folder.resolve("hub.yaml"),
        "server:\n  tls:\n    certificate: \"" + certificate + "\"\n    key: \"" + key + "\"\n");
    Shell shell =
        new Shell(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            _ -> null,
            folder,
            Clock.system());
    return new Main().run(List.of("check"), shell);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysNothingOfAPairThatFits() throws Exception {
    assertThat(check(lasting.certificateFile(), lasting.privateKeyFile())).isEqualTo(Exit.FINE);
    assertThat(said()).isEmpty();
  }

  @Test
  void namesTheFileThatIsNotThere() throws Exception {
    int code = check(folder.resolve("none.crt").toFile(), lasting.privateKeyFile());
    assertThat(code).isNotEqualTo(Exit.FINE);
    assertThat(said())
        .contains("hub.yaml:3 server.tls.certificate: ")
        .contains("none.crt")
        .contains("no such file (expected: a PEM file with certificates (BEGIN CERTIFICATE))");
  }

  @Test
  void seesThatTheKeyIsOfAnotherCertificate() throws Exception {
    assertThat(check(lasting.certificateFile(), ending.privateKeyFile())).isNotEqualTo(Exit.FINE);
    assertThat(said())
        .contains("hub.yaml:4 server.tls.key: ")
        .contains("not the key of that certificate (expected: the two of one pair)");
  }

  @Test
  void seesWhatIsNoKeyAndNoCertificate() throws Exception {
    assertThat(check(lasting.privateKeyFile(), lasting.privateKeyFile())).isNotEqualTo(Exit.FINE);
    assertThat(said()).contains("server.tls.certificate: ").contains("no certificate");
    assertThat(check(lasting.certificateFile(), lasting.certificateFile())).isNotEqualTo(Exit.FINE);
    assertThat(said()).contains("server.tls.key: ").contains("no private key that can be read");
  }

  @Test
  void warnsOfWhatExpiresSoonOrDid() throws Exception {
    assertThat(check(ending.certificateFile(), ending.privateKeyFile())).isEqualTo(Exit.FINE);
    assertThat(said())
        .contains("warning: hub.yaml:3 server.tls.certificate: expires in 3 days, at ");
    assertThat(check(ended.certificateFile(), ended.privateKeyFile())).isEqualTo(Exit.FINE);
    assertThat(said()).contains("server.tls.certificate: expired, at ");
  }

  @Test
  void keepsWhatFittedWhenThePairBreaks() throws Exception {
    Path certificate = folder.resolve("crt");
    Path key = folder.resolve("key");
    Files.copy(lasting.certificateFile().toPath(), certificate);
    Files.copy(lasting.privateKeyFile().toPath(), key);
    LiveTls live =
        new LiveTls(new TlsFiles(Optional.empty(), Optional.of(certificate), Optional.of(key)));
    assertThatThrownBy(() -> live.keyPair("x")).isInstanceOf(IllegalStateException.class);
    assertThat(live.reload()).isTrue();
    assertThat(live.reload()).isFalse();
    Files.writeString(key, Files.readString(ending.privateKeyFile().toPath()));
    assertThatThrownBy(live::reload).isInstanceOf(TlsFilesException.class);
    assertThat(Objects.requireNonNull(live.keyPair("x")).certificateChain())
        .containsExactly(lasting.certificate());
    Files.writeString(certificate, Files.readString(ending.certificateFile().toPath()));
    assertThat(live.reload()).isTrue();
    assertThat(Objects.requireNonNull(live.keyPair("x")).certificateChain())
        .containsExactly(ending.certificate());
  }
}
