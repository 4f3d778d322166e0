package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S01 and S02: a server that says that it has too much to do is left alone, not hammered. */
@Timeout(60)
final class FailoverThrottledTest {

  @RegisterExtension final TwoBackends two = TwoBackends.openAi();

  @ParameterizedTest
  @EnumSource
  void s01TurnsAwayFromAServerThatNamesATime(Face face) {
    two.primary().otherwise(Scenes.throttled(Map.of("retry-after", "2")));
    Outcome outcome = two.ask(face, Scenes.SHORT);
    outcome.whole(Scenes.SHORT_ANSWER).servedBy("fallback").attempts(2);
    two.tried(1, 1);
    assertThat(two.tries(outcome))
        .containsExactly("primary first rate_limited", "fallback first ok");
  }

  /** The time is a fifth of the scenario's; what must be waited of it is the same nine tenths. */
  @ParameterizedTest
  @EnumSource
  void s01WaitsAsLongAsItWasToldWhenThereIsNowhereElse(Face face) {
    two.primary().enqueue(Scenes.throttled(Map.of("retry-after-ms", "400")));
    two.askAlone(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("primary").attempts(2);
    two.tried(2, 0);
    assertThat(two.pauses().getFirst()).isGreaterThanOrEqualTo(Duration.ofMillis(360));
  }

  @ParameterizedTest
  @EnumSource
  void s01TellsTheTimeWhenItIsTooLongToWait(Face face) {
    two.primary().otherwise(Scenes.throttled(Map.of("retry-after", "60")));
    Outcome.Failure failure =
        two.askAlone(face, Scenes.SHORT).failed(KnownError.RATE_LIMITED, "Rate limit reached");
    assertThat(failure.retryAfterMillis()).isEqualTo(60_000);
    two.tried(1, 0);
  }

  @ParameterizedTest
  @EnumSource
  void s02TurnsAwayFromAServerThatNamesNone(Face face) {
    two.primary().otherwise(Scenes.throttled(Map.of()));
    two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("fallback").attempts(2);
    two.tried(1, 1);
  }

  @ParameterizedTest
  @EnumSource
  void s02AsksLessAndLessOftenWhenThereIsNowhereElse(Face face) {
    two.primary().otherwise(Scenes.throttled(Map.of()));
    Outcome outcome = two.askAlone(face, Scenes.SHORT);
    outcome.failed(KnownError.RATE_LIMITED, "Rate limit reached");
    outcome.attempts(4);
    two.tried(4, 0);
    List<String> expected =
        List.of(
            "primary first rate_limited",
            "primary retry rate_limited",
            "primary retry rate_limited",
            "primary retry rate_limited");
    assertThat(two.tries(outcome)).isEqualTo(expected);
  }
}
