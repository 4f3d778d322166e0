package dev.parley.it;

import dev.parley.testkit.backend.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A backend that is slow for everybody does not get everything twice. */
@Timeout(60)
final class HedgeBudgetTest {

  @RegisterExtension
  final TwoBackends two = TwoBackends.openAi().alias("hedge: { after: 50ms, budget_percent: 1 }");

  @Test
  void fewCallsAreHedged() {
    two.primary().otherwise(Behaviour.usual().delayed(Duration.ofMillis(400)));
    two.ask(Face.REST_WHOLE, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("fallback");
    two.tried(1, 1);
    for (int i = 0; i < 2; i++) {
      two.ask(Face.REST_WHOLE, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("primary");
    }
    two.tried(3, 1);
  }
}
