package dev.parley.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.contract.Calls;
import dev.parley.adapters.contract.Recorder;
import dev.parley.core.error.HubError;
import dev.parley.core.error.Stage;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.fault.FaultServer;
import dev.parley.testkit.fault.FaultStep;
import dev.parley.testkit.fault.Faults;
import dev.parley.testkit.openai.FakeOpenAi;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a body that is too large for one write. */
class UploadTest {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String REFUSAL =
      "{\"error\":{\"message\":\"too long\",\"code\":\"string_above_max_length\"}}";
  private static final String ANSWER =
      "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
          + "{\"role\":\"assistant\",\"content\":\"early\"},\"finish_reason\":\"stop\"}]}";

  private static DocumentCall call(int bytes) {
    return Calls.chat("x".repeat(bytes), false, "");
  }

  private static Backend open(URI address, Duration writeTimeout) {
    return Calls.open("openai", address, writeTimeout);
  }

  private static Recorder send(Backend backend, DocumentCall call) {
    return Recorder.all(backend.chat().orElseThrow().chat(call, new Target("b", "gpt-4o-mini")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16_000, 17_000, 65_536, 1_000_000, 5_000_000})
  void arrivesWhole(int bytes) throws InterruptedException {
    try (FakeOpenAi fake = new FakeOpenAi()) {
      fake.start();
      try (Backend backend = open(fake.baseUri(), LONG)) {
        assertThat(send(backend, call(bytes)).whole().body().raw()).contains("x".repeat(bytes));
        RecordedRequest request = fake.awaitRequest("/v1/chat/completions", LONG);
        assertThat(request.header("content-length")).contains("" + request.bodySize());
        assertThat(request.header("transfer-encoding")).isEmpty();
      }
    }
  }

  @Test
  void unreadItEndsWithTheWriteLimit() {
    try (FaultServer server = FaultServer.start(Faults.uploadUnread());
        Backend backend = open(server.baseUri(), SHORT)) {
      assertThat(send(backend, call(32 << 20)).error())
          .isEqualTo(new HubError.DeadlineExceeded(Stage.WRITE, SHORT));
    }
  }

  static Stream<List<FaultStep>> earlyAnswers() {
    return Stream.of(
        Faults.earlyAnswer(413, REFUSAL),
        Faults.earlyAnswerKept(413, REFUSAL),
        Faults.earlyAnswerReset(413, REFUSAL));
  }

  @ParameterizedTest
  @MethodSource("earlyAnswers")
  void anAnswerBeforeItsEndIsTheAnswer(List<FaultStep> fault) {
    try (FaultServer server = FaultServer.start(fault);
        Backend backend = open(server.baseUri(), LONG)) {
      for (int i = 0; i < 20; i++) {
        assertThat(send(backend, call(8 << 20)).error())
            .isInstanceOfSatisfying(
                HubError.BackendRejected.class,
                error -> assertThat(error.message()).isEqualTo("too long"));
      }
    }
  }

  @Test
  void anEarlyAnswerStopsItAndItsConnectionIsNotUsedAgain() {
    try (FaultServer server = FaultServer.start(Faults.earlyAnswerKept(200, ANSWER));
        Backend backend = open(server.baseUri(), LONG)) {
      for (int i = 1; i <= 2; i++) {
        assertThat(send(backend, call(8 << 20)).whole().body().raw()).contains("early");
        assertThat(server.connections()).isEqualTo(i);
      }
    }
  }
}
