package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * S15: the first server is down for 60 s; 20 calls come, one every 4 s. A second there is 20 ms
 * here, for the calls and for the breaker, which has the shipped proportions.
 */
@Timeout(60)
final class FailoverRecoveryTest {

  private static final long SECOND_NANOS = Duration.ofMillis(20).toNanos();

  @RegisterExtension
  final TwoBackends two =
      TwoBackends.openAi()
          .each("breaker: { cool_down: 20ms, cool_down_max: 300ms, ramp: 200ms }")
          .each("retry: { backoff: 4ms, backoff_max: 40ms }");

  @ParameterizedTest
  @EnumSource
  void s15ServesEveryCallAndIsBackSoon(Face face) {
    two.primary().otherwise(Scenes.down());
    long start = System.nanoTime();
    boolean down = true;
    long backNanos = 0;
    int triesWhileDown = 0;
    List<String> servers = new ArrayList<>();
    // The twenty of the scenario, and as many more as fit in the time in which it must be back.
    for (int call = 0; call < 26; call++) {
      due(start + call * 4 * SECOND_NANOS);
      if (down && System.nanoTime() - start >= 60 * SECOND_NANOS) {
        triesWhileDown = two.triesAtPrimary().size();
        two.primary().otherwise(Behaviour.usual());
        down = false;
      }
      Outcome outcome = two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER);
      servers.add(outcome.told("x-parley-backend"));
      if (backNanos == 0 && servers.getLast().equals("primary")) {
        backNanos = System.nanoTime();
      }
    }
    // One system was seen to make 45 tries for the 15 calls of this time.
    assertThat(triesWhileDown).as("tries while it was down").isLessThanOrEqualTo(15);
    assertThat(servers.subList(0, 15)).containsOnly("fallback");
    assertThat(backNanos).as("back on the primary: %s", servers).isPositive();
    // The breaker's longest rest and its ramp are over by then.
    assertThat(servers.subList(23, 26)).as("where it went: %s", servers).containsOnly("primary");
    assertThat(backNanos - (start + 60 * SECOND_NANOS))
        .as("back within 30 s of the scenario")
        .isLessThan(30 * SECOND_NANOS);
  }

  /** Calls come when they come: the wait is for their time and for nothing else. */
  private static void due(long nanos) {
    Waiting.untilTrue(
        "the time of the next call", Duration.ofSeconds(10), () -> System.nanoTime() - nanos >= 0);
  }
}
