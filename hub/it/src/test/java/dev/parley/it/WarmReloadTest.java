package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the calls of late say of a server is not forgotten because a number in a file changes. */
@Timeout(60)
final class WarmReloadTest {

  private static final String TIMEOUTS = "timeouts: { idle: 30s }";

  @RegisterExtension
  final TwoBackends two =
      TwoBackends.openAi()
          .primary(TIMEOUTS)
          .primary("breaker: { cool_down: 5m, cool_down_max: 5m }")
          .each("retry: { backoff: 10ms, backoff_max: 20ms }");

  @ParameterizedTest
  @EnumSource
  void aBreakerStaysOpen(Face face) {
    two.primary().otherwise(Scenes.down());
    for (int i = 0; i < 3; i++) {
      two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("fallback");
    }
    passesOver(face);
    two.reload(yaml -> yaml.replace(TIMEOUTS, "timeouts: { idle: 31s }"));
    passesOver(face);
    two.reload(yaml -> yaml.replace("cool_down: 5m", "cool_down: 4m"));
    passesOver(face);
  }

  private void passesOver(Face face) {
    two.primary().forgetRequests();
    two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("fallback").attempts(1);
    assertThat(two.triesAtPrimary()).isEmpty();
  }
}
