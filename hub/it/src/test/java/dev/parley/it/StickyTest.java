package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of one session stay with one server as long as it is well. */
@Timeout(60)
final class StickyTest {

  private static final int SESSIONS = 24;

  @RegisterExtension
  final TwoBackends two =
      TwoBackends.openAi()
          .each("breaker: { cool_down: 5m, cool_down_max: 5m }")
          .each("retry: { backoff: 10ms, backoff_max: 20ms }")
          .alias("sticky: session")
          .alias("strategy: weighted");

  @ParameterizedTest
  @EnumSource
  void aSessionStaysWhereItIsUntilItsServerDies(Face face) {
    String home = server(face, "session-7");
    for (int i = 0; i < 8; i++) {
      assertThat(server(face, "session-7")).isEqualTo(home);
    }
    boolean first = home.equals("primary");
    (first ? two.primary() : two.fallback()).otherwise(Scenes.down());
    String refuge = first ? "fallback" : "primary";
    for (int i = 0; i < 6; i++) {
      assertThat(server(face, "session-7")).isEqualTo(refuge);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_WHOLE", "GRPC_STREAM"})
  void sessionsAreSpreadOverTheServers(Face face) {
    Set<String> homes = new HashSet<>();
    for (int i = 0; i < SESSIONS; i++) {
      homes.add(server(face, "session-" + i));
    }
    assertThat(homes).containsExactlyInAnyOrder("primary", "fallback");
  }

  private String server(Face face, String session) {
    Ask ask = Ask.of(TwoBackends.BOTH, Scenes.SHORT).with("x-parley-session", session);
    return face.ask(two.hub(), ask).whole(Scenes.SHORT_ANSWER).told("x-parley-backend");
  }
}
