package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.Credentials;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Credential;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.fault.FaultServer;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kind of backend tells about itself. */
abstract class BackendContract {

  final FakeBackend fake = fake();
  Backend backend;

  /** The server to talk to. */
  abstract FakeBackend fake();

  /** The adapter's name. */
  abstract String type();

  /** A model that the fake has. */
  abstract String model();

  /** Where the adapter asks whether the server is well. */
  abstract String healthPath();

  @BeforeEach
  void open() {
    fake.start();
    backend = backendAt(fake.baseUri(), new Credentials.None(), Map.of());
  }

  /** A backend of this kind at that address, as an operator would describe it. */
  Backend backendAt(URI address, Credentials credentials, Map<String, String> headers) {
    return Calls.open(type(), address, credentials, headers);
  }

  @AfterEach
  void close() {
    backend.close();
    fake.close();
  }

  @Test
  void isNamedAsConfigured() {
    assertThat(Calls.type(type()).defaultCapabilities()).isNotEmpty();
    assertThat(backend.spec().type()).isEqualTo(type());
  }

  @Test
  void probesHealthy() {
    assertThat(backend.probe().join()).isInstanceOf(BackendStatus.Healthy.class);
    assertThat(fake.requests(healthPath())).isNotEmpty();
  }

  @Test
  void probesLoading() {
    fake.enqueueFor(healthPath(), Behaviour.status(503, "{\"error\":\"Loading model\"}"));
    assertThat(backend.probe().join()).isInstanceOf(BackendStatus.Loading.class);
  }

  @Test
  void probesDownWithoutTellingTheAddress() {
    try (Backend away = Calls.open(type(), FaultServer.refusing())) {
      BackendStatus status = away.probe().join();
      assertThat(status).isInstanceOf(BackendStatus.Down.class);
      assertThat(status.detail()).doesNotContain("127.0.0.1").contains("refused");
    }
  }

  @Test
  void listsModels() {
    assertThat(backend.models().join()).anyMatch(model -> model.id().equals(model()));
  }

  @Test
  void showsItsCredentialsAndHeaders() {
    fake.require(Credential.bearer("k-1"));
    try (Backend known =
        Calls.open(
            type(), fake.baseUri(), new Credentials.Bearer("k-1"), Map.of("x-title", "Parley"))) {
      assertThat(known.models().join()).isNotEmpty();
      assertThat(fake.requests().getLast().header("x-title")).contains("Parley");
    }
  }
}
