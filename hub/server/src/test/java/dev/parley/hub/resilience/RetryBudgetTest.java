package dev.parley.hub.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private static final long MILLI = 1_000_000;
  private static final long WINDOW = 10_000 * MILLI;

  @Test
  void grantsTheMinimumWithoutAnyCall() {
    RetryBudget budget = new RetryBudget(new RetryBudgetSettings(20, 2));
    assertThat(granted(budget, 5, 0)).isEqualTo(2);
  }

  @Test
  void grantsAShareOfTheCalls() {
    RetryBudget budget = new RetryBudget(new RetryBudgetSettings(20, 0));
    for (int call = 0; call < 99; call++) {
      budget.called(0);
    }
    assertThat(granted(budget, 99, 0)).isEqualTo(19);
  }

  @Test
  void grantsAnewWhenTheWindowHasPassed() {
    RetryBudget budget = new RetryBudget(new RetryBudgetSettings(0, 3));
    assertThat(granted(budget, 5, 0)).isEqualTo(3);
    assertThat(granted(budget, 5, WINDOW - 1)).isZero();
    assertThat(granted(budget, 5, WINDOW + 1000 * MILLI)).isEqualTo(3);
  }

  @Test
  void takesOtherSettingsAtOnce() {
    RetryBudget budget = new RetryBudget(new RetryBudgetSettings(0, 0));
    assertThat(budget.tryRetry(0)).isFalse();
    budget.apply(new RetryBudgetSettings(0, 1));
    assertThat(budget.tryRetry(0)).isTrue();
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RetryBudgetSettings(101, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new RetryBudgetSettings(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new RetryBudgetSettings(1, -1));
  }

  @Property
  void noTenSecondsThatEndWithATryAgainHoldMoreThanTheirShare(
      @ForAll @IntRange(max = 100) int percent,
      @ForAll @IntRange(max = 5) int min,
      @ForAll @Size(max = 300) List<@IntRange(max = 1_500) Integer> pauses,
      @ForAll @Size(value = 300) List<Boolean> retries) {
    RetryBudget budget = new RetryBudget(new RetryBudgetSettings(percent, min));
    List<Long> calls = new ArrayList<>();
    List<Long> granted = new ArrayList<>();
    long now = -7_777 * MILLI;
    for (int i = 0; i < pauses.size(); i++) {
      now += pauses.get(i) * MILLI;
      if (!retries.get(i)) {
        budget.called(now);
        calls.add(now);
      } else if (budget.tryRetry(now)) {
        granted.add(now);
        assertThat(within(granted, now))
            .isLessThanOrEqualTo(min + percent * within(calls, now) / 100);
      } else {
        assertThat(within(granted, now - 1000 * MILLI, now))
            .as("never stingier than its seconds explain")
            .isGreaterThanOrEqualTo(
                min
                    + percent * within(calls, now - WINDOW + 1000 * MILLI, now) / 100
                    - within(granted, now - WINDOW - 1000 * MILLI, now - 1000 * MILLI));
      }
    }
  }

  private static long within(List<Long> times, long now) {
    return within(times, now - WINDOW, now);
  }

  private static long within(List<Long> times, long after, long until) {
    return times.stream().filter(time -> time > after && time <= until).count();
  }

  private static int granted(RetryBudget budget, int asked, long now) {
    int granted = 0;
    for (int i = 0; i < asked; i++) {
      granted += budget.tryRetry(now) ? 1 : 0;
    }
    return granted;
  }
}
