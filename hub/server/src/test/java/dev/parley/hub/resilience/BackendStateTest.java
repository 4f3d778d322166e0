package dev.parley.hub.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
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

  @Test
  void takesOtherSettingsForWhatIsKnownAndWhatIsNot() {
    TargetState known = state.target("known");
    assertThat(state.retryBudget().tryRetry(0)).isTrue();
    state.apply(
        new BackendSettings(
            3,
            1,
            new BreakerSettings(
                1,
                50,
                Duration.ofSeconds(30),
                10,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1,
                Duration.ZERO),
            new RetryBudgetSettings(0, 2)));
    for (TargetState target : List.of(known, state.target("new"))) {
      target.failed(0, target.admit(0));
      assertThat(target.admit(0).isGranted()).isFalse();
    }
    assertThat(state.bulkhead().concurrency()).isEqualTo(3);
    assertThat(state.retryBudget().tryRetry(0)).isTrue();
    assertThat(state.retryBudget().tryRetry(0)).as("what was granted stays granted").isFalse();
  }

  private static void open(TargetState target) {
    for (int i = 0; i < 3; i++) {
      target.failed(0, target.admit(0));
    }
  }
}
