package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Behaviour;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S03, S04 and S05: a server that fails gets another chance, but not many. */
@Timeout(60)
final class FailoverErrorsTest {

  @RegisterExtension
  final TwoBackends two = TwoBackends.openAi().each("retry: { backoff: 10ms, backoff_max: 20ms }");

  @ParameterizedTest
  @EnumSource
  void s03AsksTheSameServerOnceMoreBeforeAnother(Face face) {
    two.primary().enqueue(Scenes.failing());
    Outcome outcome = two.ask(face, Scenes.SHORT);
    outcome.whole(Scenes.SHORT_ANSWER).servedBy("primary").attempts(2);
    two.tried(2, 0);
    assertThat(two.tries(outcome))
        .containsExactly("primary first backend_failed", "primary retry ok");
  }

  @ParameterizedTest
  @EnumSource
  void s04TurnsAwayFromAServerThatStaysDown(Face face) {
    two.primary().otherwise(Scenes.down());
    Outcome outcome = two.ask(face, Scenes.SHORT);
    outcome.whole(Scenes.SHORT_ANSWER).servedBy("fallback").attempts(3);
    two.tried(2, 1);
    assertThat(two.tries(outcome))
        .containsExactly(
            "primary first overloaded", "primary retry overloaded", "fallback first ok");
  }

  @ParameterizedTest
  @EnumSource
  void s04TellsTheOriginalErrorWhenThereIsNowhereElse(Face face) {
    two.primary().otherwise(Scenes.down());
    Outcome outcome = two.askAlone(face, Scenes.SHORT);
    outcome.failed(KnownError.OVERLOADED, "backend primary is busy");
    outcome.attempts(4);
    two.tried(4, 0);
  }

  @ParameterizedTest
  @EnumSource
  void s04TellsTheOriginalErrorWhenTheOtherFailsToo(Face face) {
    two.primary().otherwise(Scenes.down());
    two.fallback().otherwise(Scenes.failing());
    two.ask(face, Scenes.SHORT).failed(KnownError.OVERLOADED, "backend primary is busy");
    assertThat(two.triesAtPrimary()).hasSizeLessThanOrEqualTo(6);
    assertThat(two.triesAtFallback()).hasSizeBetween(1, 6);
  }

  @ParameterizedTest
  @EnumSource
  void s05MakesACallAgainThatWasResetBeforeItsAnswer(Face face) {
    two.primary().enqueue(Behaviour.reset());
    two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("primary").attempts(2);
    two.tried(2, 0);
  }

  @ParameterizedTest
  @EnumSource
  void s05TurnsAwayFromAServerThatKeepsResetting(Face face) {
    two.primary().otherwise(Behaviour.reset());
    two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("fallback").attempts(3);
    two.tried(2, 1);
  }
}
