package dev.parley.hub.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoresTest {

  @Test
  void orderAloneDecidesTheArea() {
    boolean[] speech = {false, true, false, true};
    assertThat(Scores.of(new float[] {0.1f, 0.3f, 0.2f, 0.4f}, speech).auc()).isEqualTo(1);
    assertThat(Scores.of(new float[] {0.4f, 0.1f, 0.3f, 0.2f}, speech).auc()).isZero();
    assertThat(Scores.of(new float[] {0.1f, 0.3f, 0.3f, 0.4f}, speech).auc())
        .isCloseTo(0.875, within(1e-12));
  }

  @Test
  void theThresholdCountsAsSpeech() {
    boolean[] speech = {true, true, false, false};
    Scores scores = Scores.of(new float[] {0.5f, 0.49f, 0.9f, 0.1f}, speech);
    assertThat(scores.precision()).isEqualTo(0.5);
    assertThat(scores.recall()).isEqualTo(0.5);
    assertThat(scores.f1()).isEqualTo(0.5);
    assertThat(scores.falseAlarms()).isEqualTo(0.5);
  }
}
