package dev.parley.hub.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackendStateTest {

  private static final BackendSettings SETTINGS =
      new BackendSettings(
          2, 1, BreakerTest.settings(1, Duration.ZERO), new RetryBudgetSettings(0, 1));

  private final BackendState state = new BackendState("b", SETTINGS);

  @Test
  void keepsOneStatePerModel() {
    assertThat(state.target("m")).isSameAs(state.target("m")).isNotSameAs(state.target("n"));
  }

  @Test
  void modelsBeyondTheBoundShareOneState() {
    TargetState first = state.target("0");
    for (int i = 1; i < BackendState.TARGETS_MAX; i++) {
      assertThat(state.target("" + i)).isNotSameAs(first);
    }
    TargetState shared = state.target("one more");
    assertThat(state.target("another")).isSameAs(shared);
    assertThat(state.target("0")).isSameAs(first);
    open(shared);
    assertThat(state.vitals("another", 0).breaker()).isEqualTo(Vitals.Breaker.OPEN);
    assertThat(state.vitals("0", 0).breaker()).isEqualTo(Vitals.Breaker.CLOSED);
  }

  @Test
  void showsAModelNobodyCalledAsFreshWithTheLoadOfItsBackend() {
    FakeWaiter.able().enters(state.bulkhead());
    assertThat(state.vitals("m", 0))
        .isEqualTo(new Vitals(Vitals.Breaker.CLOSED, 0, 1, -1, 0, 0, 1, 0, 2));
  }

  private static void open(TargetState target) {
    for (int i = 0; i < 3; i++) {
      target.failed(0, target.admit(0));
    }
  }
}
