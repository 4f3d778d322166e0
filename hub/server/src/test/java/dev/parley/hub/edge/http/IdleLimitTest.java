package dev.parley.hub.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.error.Stage;
import dev.parley.hub.fake.FakeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdleLimitTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final FakeLoop loop = new FakeLoop();
  private final List<HubError> told = new ArrayList<>();
  private final IdleLimit idle = new IdleLimit(loop, LIMIT, failure -> told.add(failure.error()));

  @Test
  void tellsOnceWhenTheCallerDoesNothing() {
    idle.begin();
    loop.advance(LIMIT.minusMillis(1));
    assertThat(told).isEmpty();
    loop.advance(Duration.ofMinutes(5));
    assertThat(told).containsExactly(new HubError.DeadlineExceeded(Stage.IDLE, LIMIT));
  }

  @Test
  void everySignOfLifeStartsItAnew() {
    for (int i = 0; i < 10; i++) {
      idle.begin();
      loop.advance(LIMIT.minusMillis(1));
    }
    assertThat(told).isEmpty();
  }

  @Test
  void isQuietWhenTheTurnIsOver() {
    idle.begin();
    idle.end();
    idle.end();
    loop.advance(LIMIT.multipliedBy(2));
    assertThat(told).isEmpty();
    assertThat(loop.pending()).isZero();
  }
}
