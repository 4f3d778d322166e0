package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Behaviour;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second attempt joins a slow first one, where the whole answer comes at once. */
@Timeout(60)
final class HedgeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @RegisterExtension
  final TwoBackends two =
      TwoBackends.openAi().alias("hedge: { after: 100ms, budget_percent: 100 }");

  @ParameterizedTest
  @EnumSource(names = {"REST_WHOLE", "GRPC_WHOLE"})
  void theFasterOneAnswersAndTheSlowerOneIsLetGo(Face face) throws Exception {
    two.primary().otherwise(Behaviour.hang());
    Outcome outcome = two.ask(face, Scenes.SHORT);
    outcome.whole(Scenes.SHORT_ANSWER).servedBy("fallback").attempts(2);
    two.tried(1, 1);
    assertThat(two.tries(outcome))
        .containsExactlyInAnyOrder("primary first given_up", "fallback hedge ok");
    assertThat(two.line(outcome).path("ms").asInt()).isBetween(100, 2_000);
    assertThat(outcome.totalTokens()).as("one answer is billed").isEqualTo(8);
    assertThat(two.triesAtPrimary().getFirst().awaitCancelled(PATIENCE)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_WHOLE", "GRPC_WHOLE"})
  void aFirstOneThatIsFastHasTheFieldToItself(Face face) {
    two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("primary").attempts(1);
    two.tried(1, 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_WHOLE", "GRPC_WHOLE"})
  void theFirstOneStillCountsWhenTheSecondFails(Face face) {
    two.primary().enqueue(Behaviour.usual().delayed(Duration.ofMillis(400)));
    two.fallback().otherwise(Scenes.throttled(Map.of()));
    two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("primary").attempts(2);
    two.tried(1, 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_STREAM", "GRPC_STREAM"})
  void aStreamIsNeverHedged(Face face) {
    two.primary().enqueue(Behaviour.usual().delayed(Duration.ofMillis(400)));
    two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("primary").attempts(1);
    two.tried(1, 0);
  }
}
