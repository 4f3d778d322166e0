package dev.parley.hub.bench.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.bench.sheet.Goal.Verdict;
import org.junit.jupiter.api.Test;

class GoalTest {

  private final Goal speed = Goal.atLeast("s", "speed", "x RT", 100, 200);
  private final Goal error = Goal.atMost("s", "error", "dB", -120, Double.NaN);

  @Test
  void aBoundItselfIsMet() {
    assertThat(speed.must(100)).isEqualTo(Verdict.MET);
    assertThat(speed.must(99.9)).isEqualTo(Verdict.MISSED);
    assertThat(speed.stretch(199)).isEqualTo(Verdict.MISSED);
    assertThat(error.must(-120)).isEqualTo(Verdict.MET);
    assertThat(error.must(-119)).isEqualTo(Verdict.MISSED);
  }

  @Test
  void whereThereIsNoBoundThereIsNoVerdict() {
    assertThat(error.stretch(-1000)).isEqualTo(Verdict.NONE);
    assertThat(Goal.told("s", "m", "").must(1)).isEqualTo(Verdict.NONE);
  }

  @Test
  void whatIsNoNumberMissesEveryBound() {
    assertThat(speed.must(Double.NaN)).isEqualTo(Verdict.MISSED);
    assertThat(error.must(Double.NaN)).isEqualTo(Verdict.MISSED);
  }

  @Test
  void theWorseOfTwoIsFurtherFromTheBound() {
    assertThat(speed.direction().worse(5, 7)).isEqualTo(5);
    assertThat(error.direction().worse(-100, -130)).isEqualTo(-100);
  }
}
