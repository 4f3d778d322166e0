package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.fault.FaultServer;
import dev.parley.testkit.fault.Faults;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A first server that breaks the rules of HTTP, or is not there: with another behind it nobody
 * notices; alone the caller is told precisely and in time. The hub is the same afterwards: the only
 * place at the faulty server is free again.
 */
@Timeout(60)
final class FailoverFaultTest {

  /** How often an arrangement is made anew that a probe of the hub's own has come between. */
  private static final int ARRANGEMENTS_MAX = 4;

  @RegisterExtension
  final TwoBackends two =
      TwoBackends.openAi()
          .primary("timeouts: { connect: 250ms, write: 250ms, first_byte: 250ms, total: 5s }")
          .primary("models: [ { id: primary-model } ]")
          .primary("limits: { concurrency: 1, queue: 0 }")
          .primary("retry: { tries: 1, tries_alone: 1 }");

  /** What a fault does is decided far behind the faces: two of them cover both of each choice. */
  static Stream<Arguments> faults() {
    return Stream.of(Fault.values())
        .flatMap(fault ->
            Stream.of(Face.REST_STREAM, Face.GRPC_WHOLE).map(face -> Arguments.of(fault, face)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void nobodyNoticesWhereThereIsAnotherServer(Fault fault, Face face) {
    for (int i = 0; i < ARRANGEMENTS_MAX; i++) {
      try (FaultServer server = FaultServer.start(Faults.whole(Fault.Json.MODELS))) {
        two.primaryAt(server.baseUri());
        server.otherwise(fault.script);
        Outcome outcome = two.ask(face, fault.text());
        outcome.whole("You said: " + fault.text()).servedBy("fallback");
        if (outcome.attempts() == 2) {
          assertThat(two.tries(outcome).getFirst()).startsWith("primary first ");
          assertThat(two.tries(outcome).getLast()).isEqualTo("fallback first ok");
          return;
        }
        // A probe met the fault before the call did: the faulty server was not asked at all.
      }
    }
    throw new AssertionError("the faulty server was never asked");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whoeverHasNowhereElseToGoIsToldPrecisely(Fault fault, Face face) {
    try (FaultServer server = FaultServer.start(Faults.whole(Fault.Json.MODELS))) {
      two.primaryAt(server.baseUri());
      server.otherwise(fault.script);
      Outcome outcome = two.askAlone(face, fault.text());
      outcome.failed(fault.told, fault.words);
      outcome.attempts(1);
      assertThat(two.line(outcome).path("ms").asInt()).isLessThan(3_000);
      two.hub().holdsNothing();
      server.otherwise(
          face.streams() ? Faults.eventStream(Fault.Json.EVENTS) : Faults.whole(Fault.Json.ANSWER));
      two.askAlone(face, Scenes.SHORT).whole("so").servedBy("primary");
    }
  }

  /** Servers that cannot be spoken to at all. */
  enum Absence {
    CONNECTION_REFUSED("the connection was refused"),
    NO_SUCH_HOST("its host name is unknown"),
    NO_TLS("it speaks no TLS"),
    CLOSED_IN_THE_HANDSHAKE("'primary' failed");

    private final String words;

    Absence(String words) {
      this.words = words;
    }
  }

  private interface Closing extends AutoCloseable {
    @Override
    void close();
  }

  private record Place(URI url, Closing server) {}

  private static Place place(Absence absence) {
    return switch (absence) {
      case CONNECTION_REFUSED -> new Place(FaultServer.refusing(), () -> {});
      case NO_SUCH_HOST -> new Place(URI.create("http://no-such-host.invalid:1234"), () -> {});
      case NO_TLS -> overTls(FaultServer.start(Faults.plainText()));
      case CLOSED_IN_THE_HANDSHAKE -> overTls(FaultServer.start(Faults.closeAtOnce()));
    };
  }

  private static Place overTls(FaultServer server) {
    return new Place(server.tlsUri(), server::close);
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatIsNotThereIsToldOfOrPassedOver(Absence absence) {
    Place place = place(absence);
    try (Closing _ = place.server()) {
      two.primaryAt(place.url());
      for (Face face : Face.values()) {
        two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("fallback");
        Outcome outcome = two.askAlone(face, Scenes.SHORT);
        outcome.failed(KnownError.BACKEND_FAILED, absence.words);
        assertThat(two.line(outcome).path("ms").asInt()).isLessThan(3_000);
        two.hub().holdsNothing();
      }
    }
  }

  /** One that goes away between the probe and the call is asked first, and costs one attempt. */
  @ParameterizedTest
  @EnumSource
  void aServerThatHasJustGoneCostsAnAttempt(Face face) {
    for (int i = 0; i < ARRANGEMENTS_MAX; i++) {
      URI gone;
      try (FaultServer server = FaultServer.start(Faults.whole(Fault.Json.MODELS))) {
        gone = server.baseUri();
        two.primaryAt(gone);
      }
      Outcome outcome = two.ask(face, Scenes.SHORT);
      outcome.whole(Scenes.SHORT_ANSWER).servedBy("fallback");
      if (outcome.attempts() == 2) {
        return;
      }
    }
    throw new AssertionError("the server that has gone was never asked");
  }
}
