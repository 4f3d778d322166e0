package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * S06 and S07: a server that is silent before its first token is waited for once, and no longer
 * than its limit. A second of the scenarios is 25 ms here.
 */
@Timeout(60)
final class FailoverSilenceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @RegisterExtension
  final TwoBackends two = TwoBackends.openAi().each("timeouts: { first_byte: 250ms }");

  @ParameterizedTest
  @EnumSource
  void s06LeavesTheSilentServerAndDoesNotAskItAgain(Face face) throws Exception {
    two.primary().otherwise(Behaviour.hang());
    Outcome outcome = two.ask(face, Scenes.SHORT);
    outcome.whole(Scenes.SHORT_ANSWER).servedBy("fallback").attempts(2);
    two.tried(1, 1);
    assertThat(two.tries(outcome))
        .containsExactly("primary first timeout_first_byte", "fallback first ok");
    assertThat(two.triesAtPrimary().getFirst().awaitCancelled(PATIENCE)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void s06EndsInTimeWhenThereIsNowhereElse(Face face) {
    two.primary().otherwise(Behaviour.hang());
    Outcome outcome = two.askAlone(face, Scenes.SHORT);
    outcome.failed(KnownError.TIMEOUT, "phase first_byte after 250 ms");
    outcome.attempts(1);
    two.tried(1, 0);
    // 130 s and 95 s is what others were seen to take.
    assertThat(two.line(outcome).path("ms").asInt()).isBetween(250, 2_000);
  }

  /** The head and the role come at once, as from real servers; they are no token. */
  @ParameterizedTest
  @EnumSource
  void s07DoesNotWaitForAFirstTokenThatIsLate(Face face) throws Exception {
    two.primary().otherwise(Behaviour.usual().hangAfter(face.streams() ? 1 : 0));
    Outcome outcome = two.ask(face, Scenes.SHORT);
    outcome.whole(Scenes.SHORT_ANSWER).servedBy("fallback").attempts(2);
    two.tried(1, 1);
    assertThat(two.triesAtPrimary().getFirst().awaitCancelled(PATIENCE)).isTrue();
    // 15 s there; the pause until the first token is 20 s.
    assertThat(Integer.parseInt(outcome.told("x-parley-first-byte-ms"))).isBetween(250, 2_000);
  }

  @ParameterizedTest
  @EnumSource
  void s07EndsInTimeWhenThereIsNowhereElse(Face face) {
    two.primary().otherwise(Behaviour.usual().hangAfter(face.streams() ? 1 : 0));
    two.askAlone(face, Scenes.SHORT).failed(KnownError.TIMEOUT, "phase first_byte after 250 ms");
    two.tried(1, 0);
  }
}
