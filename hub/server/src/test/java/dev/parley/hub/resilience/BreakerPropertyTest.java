package dev.parley.hub.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A breaker never lets too many probe, and never stays shut, whoever reports what and when. */
class BreakerPropertyTest {

  private static final Duration COOL_DOWN_MAX = Duration.ofSeconds(5);

  /** What happens next. */
  enum Act {
    ADMIT,
    SUCCEED,
    FAIL,
    ABANDON,
    NEVER_REPORT,
    PASS_A_SECOND
  }

  private record Out(Permit permit, long admittedNanos) {}

  @Property
  void probesAreBoundedAndAWayBackStaysOpen(
      @ForAll @IntRange(min = 1, max = 3) int probes,
      @ForAll @Size(max = 200) List<Act> acts,
      @ForAll @Size(value = 200) List<@IntRange(max = 5) Integer> whom) {
    Breaker breaker = new Breaker(BreakerTest.settings(probes, Duration.ofSeconds(2)));
    List<Out> out = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < acts.size(); i++) {
      Vitals before = vitals(breaker, now);
      switch (acts.get(i)) {
        case ADMIT -> {
          Permit permit = breaker.admit(now);
          assertThat(permit.kind()).isIn(fitting(before.breaker()));
          if (permit.isGranted()) {
            out.add(new Out(permit, now));
          }
          assertThat(freshProbes(out, now)).isLessThanOrEqualTo(probes);
        }
        case SUCCEED -> {
          if (!out.isEmpty()) {
            breaker.succeeded(now, out.remove(whom.get(i) % out.size()).permit());
            assertThat(before.breaker() == Vitals.Breaker.OPEN)
                .isEqualTo(vitals(breaker, now).breaker() == Vitals.Breaker.OPEN);
          }
        }
        case FAIL -> {
          if (!out.isEmpty()) {
            breaker.failed(now, out.remove(whom.get(i) % out.size()).permit());
          }
        }
        case ABANDON -> {
          if (!out.isEmpty()) {
            breaker.abandoned(now, out.remove(whom.get(i) % out.size()).permit());
            assertThat(vitals(breaker, now).breaker()).isEqualTo(before.breaker());
          }
        }
        case NEVER_REPORT -> {
          if (!out.isEmpty()) {
            out.remove(whom.get(i) % out.size());
          }
        }
        case PASS_A_SECOND -> now += 1_000_000_000;
      }
      Vitals vitals = vitals(breaker, now);
      assertThat(vitals.leftAloneNanos()).isBetween(0L, COOL_DOWN_MAX.toNanos());
      assertThat(vitals.share()).isBetween(0.1, 1.0);
      assertThat(vitals.failures()).isLessThanOrEqualTo(vitals.calls());
    }
    assertThat(breaker.admit(now + 2 * COOL_DOWN_MAX.toNanos()).isGranted()).isTrue();
  }

  /** Probes that still hold a place, of those whose report is still to come. */
  private static long freshProbes(List<Out> out, long now) {
    return out.stream()
        .filter(one -> one.permit() == out.getLast().permit())
        .filter(one -> one.permit().kind() == Permit.Kind.PROBE)
        .filter(one -> now - one.admittedNanos() < COOL_DOWN_MAX.toNanos())
        .count();
  }

  private static Set<Permit.Kind> fitting(Vitals.Breaker state) {
    return switch (state) {
      case CLOSED, RECOVERING -> Set.of(Permit.Kind.CALL);
      case OPEN -> Set.of(Permit.Kind.REFUSED);
      case HALF_OPEN -> Set.of(Permit.Kind.PROBE, Permit.Kind.REFUSED);
    };
  }

  private static Vitals vitals(Breaker breaker, long now) {
    return breaker.vitals(now, 0, -1, 0, 0, 1);
  }
}
