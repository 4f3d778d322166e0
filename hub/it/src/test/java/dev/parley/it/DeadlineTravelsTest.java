package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.RecordedRequest;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a caller waits is known to every server that is asked, less what is gone of it. */
@Timeout(60)
final class DeadlineTravelsTest {

  @RegisterExtension
  final TwoBackends two = TwoBackends.openAi().each("timeouts: { first_byte: 250ms }");

  @ParameterizedTest
  @EnumSource
  void arrivesReducedByWhatIsGone(Face face) {
    two.primary().otherwise(Behaviour.hang());
    Ask ask = Ask.of(TwoBackends.BOTH, Scenes.SHORT).with("grpc-timeout", "5000m");
    face.ask(two.hub(), ask).whole(Scenes.SHORT_ANSWER).servedBy("fallback");
    Duration first = told(two.triesAtPrimary().getFirst());
    Duration second = told(two.triesAtFallback().getFirst());
    assertThat(first).isBetween(Duration.ofMillis(1), Duration.ofMillis(5_000));
    assertThat(second).isPositive().isLessThanOrEqualTo(first.minusMillis(250));
  }

  @ParameterizedTest
  @EnumSource
  void endsTheCallWhicheverServerHasIt(Face face) throws Exception {
    two.primary().otherwise(Behaviour.hang());
    two.fallback().otherwise(Behaviour.hang());
    Ask ask = Ask.of(TwoBackends.BOTH, Scenes.SHORT).with("grpc-timeout", "1500m");
    Outcome outcome = face.ask(two.hub(), ask);
    assertThat(outcome.failure()).isNotNull();
    if (!face.isGrpc()) {
      outcome.failed(KnownError.TIMEOUT, "phase");
    }
    two.tried(1, 1);
    assertThat(two.triesAtFallback().getFirst().awaitCancelled(Duration.ofSeconds(5))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_STREAM", "REST_WHOLE"})
  void isNotMadeUpForACallerWhoNamedNone(Face face) {
    two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER);
    assertThat(two.triesAtPrimary().getFirst().header("grpc-timeout")).isEmpty();
  }

  private static Duration told(RecordedRequest request) {
    String timeout = request.header("grpc-timeout").orElse("none");
    assertThat(timeout).endsWith("m");
    return Duration.ofMillis(Long.parseLong(timeout.substring(0, timeout.length() - 1)));
  }
}
