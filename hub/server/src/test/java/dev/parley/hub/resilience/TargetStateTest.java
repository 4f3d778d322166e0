package dev.parley.hub.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TargetStateTest {

  private static final long SECOND = 1_000_000_000;

  private final TargetState target = new TargetState(BreakerTest.settings(1, Duration.ZERO));
  private final Bulkhead bulkhead = new Bulkhead(4, 4);

  @Test
  void isFreshWhenNobodyCalledYet() {
    assertThat(target.vitals(0, bulkhead)).isEqualTo(Vitals.fresh(4));
    assertThat(target.admit(0).kind()).isEqualTo(Permit.Kind.CALL);
  }

  @Test
  void leavesABusyTargetAloneForAsLongAsItAsked() {
    target.busy(0, target.admit(0), Duration.ofSeconds(2));
    assertThat(target.vitals(0, bulkhead).leftAloneNanos()).isEqualTo(2 * SECOND);
    assertThat(target.admit(2 * SECOND - 1).isGranted()).isFalse();
    assertThat(target.admit(2 * SECOND).isGranted()).isTrue();
    assertThat(target.vitals(2 * SECOND, bulkhead).calls()).as("busy is not failing").isZero();
  }

  @Test
  void restsAMinuteAtMostAndNeverLessThanItAskedBefore() {
    Permit first = target.admit(0);
    Permit second = target.admit(0);
    target.busy(0, first, Duration.ofDays(400_000));
    target.busy(0, second, Duration.ofSeconds(1));
    assertThat(target.vitals(0, bulkhead).leftAloneNanos()).isEqualTo(60 * SECOND);
  }

  @Test
  void doesNotRestWhenNoTimeWasNamed() {
    target.busy(0, target.admit(0), Duration.ZERO);
    assertThat(target.admit(0).isGranted()).isTrue();
  }

  @Test
  void aBusyProbeGivesItsPlaceBack() {
    for (int i = 0; i < 3; i++) {
      target.failed(0, target.admit(0));
    }
    Permit probe = target.admit(SECOND);
    assertThat(probe.kind()).isEqualTo(Permit.Kind.PROBE);
    target.busy(SECOND, probe, Duration.ofSeconds(1));
    assertThat(target.admit(SECOND).isGranted()).isFalse();
    assertThat(target.admit(2 * SECOND).kind()).isEqualTo(Permit.Kind.PROBE);
  }

  @Test
  void showsHowSoonItAnswersAndHowOftenItFails() {
    target.succeeded(0, target.admit(0), 1_000);
    target.succeeded(0, target.admit(0), 3_000);
    target.succeeded(0, target.admit(0), -1);
    target.failed(0, target.admit(0));
    Vitals vitals = target.vitals(0, bulkhead);
    assertThat(vitals.firstByteMicros()).isEqualTo(2_000);
    assertThat(vitals.calls()).isEqualTo(4);
    assertThat(vitals.failures()).isEqualTo(1);
  }

  @Test
  void anOldMeasurementWeighsLess() {
    target.succeeded(0, target.admit(0), 1_000);
    target.succeeded(300 * SECOND, target.admit(0), 3_000);
    assertThat(target.vitals(300 * SECOND, bulkhead).firstByteMicros()).isEqualTo(3_000);
    target.succeeded(300 * SECOND, target.admit(0), 1_000);
    assertThat(target.vitals(300 * SECOND, bulkhead).firstByteMicros()).isEqualTo(2_000);
  }
}
