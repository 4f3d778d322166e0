package dev.parley.hub.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {

  private static final Duration COOL_DOWN = Duration.ofSeconds(1);
  private static final Duration COOL_DOWN_MAX = Duration.ofSeconds(5);
  private static final Duration RAMP = Duration.ofSeconds(10);
  private static final BreakerSettings SETTINGS = settings(1, RAMP);

  /** The origin of the monotonic clock is anywhere; here it overflows within the test. */
  private long now = Long.MAX_VALUE - 500_000_000;

  private Breaker breaker = new Breaker(SETTINGS);

  @Test
  void opensAfterFailuresInARow() {
    fail();
    fail();
    assertThat(state()).isEqualTo(Vitals.Breaker.CLOSED);
    fail();
    assertThat(state()).isEqualTo(Vitals.Breaker.OPEN);
    assertThat(breaker.admit(now).kind()).isEqualTo(Permit.Kind.REFUSED);
    assertThat(vitals().leftAloneNanos()).isEqualTo(COOL_DOWN.toNanos());
  }

  @Test
  void aSuccessBreaksTheRow() {
    fail();
    fail();
    succeed();
    fail();
    fail();
    assertThat(state()).isEqualTo(Vitals.Breaker.CLOSED);
  }

  @Test
  void opensWhenTooManyCallsOfTheWindowFail() {
    for (int pair = 0; pair < 4; pair++) {
      succeed();
      fail();
    }
    succeed();
    assertThat(state()).isEqualTo(Vitals.Breaker.CLOSED);
    fail();
    assertThat(state()).isEqualTo(Vitals.Breaker.OPEN);
  }

  @Test
  void aFewCallsSayNothingAboutAPercentage() {
    succeed();
    fail();
    fail();
    assertThat(state()).isEqualTo(Vitals.Breaker.CLOSED);
  }

  @Test
  void forgetsWhatIsOutOfTheWindow() {
    for (int pair = 0; pair < 4; pair++) {
      succeed();
      fail();
    }
    pass(Duration.ofSeconds(30));
    assertThat(vitals().calls()).isZero();
    succeed();
    fail();
    assertThat(state()).isEqualTo(Vitals.Breaker.CLOSED);
    assertThat(vitals().calls()).isEqualTo(2);
    assertThat(vitals().failures()).isEqualTo(1);
  }

  @Test
  void letsAFewTryAfterTheCoolDown() {
    breaker = new Breaker(settings(2, RAMP));
    open();
    pass(COOL_DOWN.minusNanos(1));
    assertThat(breaker.admit(now)).isSameAs(Permit.REFUSED);
    pass(Duration.ofNanos(1));
    assertThat(state()).isEqualTo(Vitals.Breaker.HALF_OPEN);
    assertThat(vitals().leftAloneNanos()).isZero();
    assertThat(breaker.admit(now).kind()).isEqualTo(Permit.Kind.PROBE);
    assertThat(breaker.admit(now).kind()).isEqualTo(Permit.Kind.PROBE);
    assertThat(breaker.admit(now).kind()).isEqualTo(Permit.Kind.REFUSED);
    assertThat(vitals().leftAloneNanos()).isPositive();
  }

  @Test
  void takesItsFullShareStepByStepAfterAProbeSucceeded() {
    open();
    pass(COOL_DOWN);
    breaker.succeeded(now, breaker.admit(now));
    assertThat(state()).isEqualTo(Vitals.Breaker.RECOVERING);
    assertThat(vitals().share()).isEqualTo(0.1, within(1e-9));
    assertThat(breaker.admit(now).kind()).isEqualTo(Permit.Kind.CALL);
    pass(RAMP.dividedBy(2));
    assertThat(vitals().share()).isEqualTo(0.55, within(1e-9));
    pass(RAMP.dividedBy(2));
    assertThat(state()).isEqualTo(Vitals.Breaker.CLOSED);
    assertThat(vitals().share()).isEqualTo(1);
    assertThat(vitals().calls()).as("what opened it is forgiven").isZero();
  }

  @Test
  void closesAtOnceWithoutARamp() {
    breaker = new Breaker(settings(1, Duration.ZERO));
    open();
    pass(COOL_DOWN);
    breaker.succeeded(now, breaker.admit(now));
    assertThat(state()).isEqualTo(Vitals.Breaker.CLOSED);
  }

  @Test
  void doublesTheCoolDownUpToItsBoundAndForgetsItAfterRecovery() {
    open();
    for (int seconds : new int[] {2, 4, 5, 5}) {
      pass(Duration.ofNanos(vitals().leftAloneNanos()));
      breaker.failed(now, breaker.admit(now));
      assertThat(vitals().leftAloneNanos()).isEqualTo(Duration.ofSeconds(seconds).toNanos());
    }
    pass(COOL_DOWN_MAX);
    breaker.succeeded(now, breaker.admit(now));
    pass(RAMP);
    open();
    assertThat(vitals().leftAloneNanos()).isEqualTo(COOL_DOWN.toNanos());
  }

  @Test
  void opensAgainForLongerWhenItFailsWhileRecovering() {
    open();
    pass(COOL_DOWN);
    breaker.succeeded(now, breaker.admit(now));
    pass(RAMP.minusNanos(1));
    fail();
    assertThat(state()).isEqualTo(Vitals.Breaker.OPEN);
    assertThat(vitals().leftAloneNanos()).isEqualTo(COOL_DOWN.multipliedBy(2).toNanos());
  }

  @Test
  void aProbeThatTellsNothingGivesItsPlaceBack() {
    open();
    pass(COOL_DOWN);
    Permit probe = breaker.admit(now);
    assertThat(breaker.admit(now).isGranted()).isFalse();
    breaker.abandoned(now, probe);
    assertThat(state()).isEqualTo(Vitals.Breaker.HALF_OPEN);
    assertThat(breaker.admit(now).kind()).isEqualTo(Permit.Kind.PROBE);
  }

  @Test
  void aProbeThatIsNeverHeardOfLosesItsPlaceButNotItsWord() {
    open();
    pass(COOL_DOWN);
    Permit lost = breaker.admit(now);
    pass(COOL_DOWN_MAX.minusNanos(1));
    assertThat(breaker.admit(now).isGranted()).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(breaker.admit(now).kind()).isEqualTo(Permit.Kind.PROBE);
    breaker.abandoned(now, lost);
    assertThat(breaker.admit(now).isGranted()).as("its place is another's").isFalse();
    breaker.succeeded(now, lost);
    assertThat(state()).isEqualTo(Vitals.Breaker.RECOVERING);
  }

  @Test
  void anOldSuccessClosesNothing() {
    Permit old = breaker.admit(now);
    open();
    breaker.succeeded(now, old);
    assertThat(state()).isEqualTo(Vitals.Breaker.OPEN);
    pass(COOL_DOWN);
    breaker.succeeded(now, old);
    assertThat(state()).isEqualTo(Vitals.Breaker.HALF_OPEN);
  }

  @Test
  void anOldFailureCountsForNothing() {
    Permit old = breaker.admit(now);
    open();
    int failures = vitals().failures();
    breaker.failed(now, old);
    assertThat(vitals().leftAloneNanos()).isEqualTo(COOL_DOWN.toNanos());
    assertThat(vitals().failures()).isEqualTo(failures);
    pass(COOL_DOWN);
    breaker.succeeded(now, breaker.admit(now));
    breaker.failed(now, old);
    assertThat(state()).isEqualTo(Vitals.Breaker.RECOVERING);
  }

  @Test
  void aProbeOfAnEarlierTrySaysNothingOfALaterOne() {
    breaker = new Breaker(settings(2, RAMP));
    open();
    pass(COOL_DOWN);
    Permit slow = breaker.admit(now);
    breaker.failed(now, breaker.admit(now));
    pass(COOL_DOWN.multipliedBy(2));
    breaker.admit(now);
    breaker.failed(now, slow);
    assertThat(state()).isEqualTo(Vitals.Breaker.HALF_OPEN);
    breaker.abandoned(now, slow);
    assertThat(breaker.admit(now).kind()).isEqualTo(Permit.Kind.PROBE);
    assertThat(breaker.admit(now).isGranted()).isFalse();
  }

  @Test
  void aRefusalHasNoOutcome() {
    open();
    pass(COOL_DOWN);
    breaker.succeeded(now, Permit.REFUSED);
    breaker.failed(now, Permit.REFUSED);
    breaker.abandoned(now, Permit.REFUSED);
    assertThat(state()).isEqualTo(Vitals.Breaker.HALF_OPEN);
  }

  @Test
  void takesOtherSettingsAsItIs() {
    open();
    breaker.apply(settings(3, Duration.ZERO));
    assertThat(state()).isEqualTo(Vitals.Breaker.OPEN);
    pass(COOL_DOWN);
    for (int probe = 0; probe < 3; probe++) {
      assertThat(breaker.admit(now).isGranted()).isTrue();
    }
    assertThat(breaker.admit(now).isGranted()).isFalse();
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(0, RAMP))
        .withMessageContaining("probes 0");
    assertThatIllegalArgumentException().isThrownBy(() -> settings(1, RAMP.negated()));
  }

  static BreakerSettings settings(int probes, Duration ramp) {
    return new BreakerSettings(
        3, 50, Duration.ofSeconds(30), 10, COOL_DOWN, COOL_DOWN_MAX, probes, ramp);
  }

  private void open() {
    fail();
    fail();
    fail();
    assertThat(state()).isEqualTo(Vitals.Breaker.OPEN);
  }

  private void fail() {
    breaker.failed(now, breaker.admit(now));
  }

  private void succeed() {
    breaker.succeeded(now, breaker.admit(now));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private Vitals.Breaker state() {
    return vitals().breaker();
  }

  private Vitals vitals() {
    return breaker.vitals(now, 0, -1, 0, 0, 1);
  }
}
