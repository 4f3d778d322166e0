package dev.parley.gpu.vad.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SegmentationSettingsTest {

  private static final SegmentationSettings SETTINGS = SegmentationSettings.SERVER_VAD;

  @Test
  void presetsAreWhatOthersDo() {
    assertThat(SegmentationSettings.REFERENCE)
        .isEqualTo(new SegmentationSettings(0.5, 0.35, 30, 100, 250, 0, 30, 98));
    assertThat(SegmentationSettings.SERVER_VAD)
        .isEqualTo(new SegmentationSettings(0.5, 0.35, 300, 500, 0, 0, 0, 98));
    assertThat(SegmentationSettings.CHUNKING)
        .isEqualTo(new SegmentationSettings(0.5, 0.35, 300, 200, 0, 0, 0, 98));
  }

  @Test
  void everyValueCanBeChanged() {
    assertThat(
            SETTINGS
                .withThreshold(0.1)
                .withPaddingMs(1, 2)
                .withSilenceDurationMs(3)
                .withSpeechMs(4, 5000))
        .isEqualTo(new SegmentationSettings(0.1, 0.01, 1, 3, 4, 5000, 2, 98));
  }

  @Test
  void saysWhatIsAllowed() {
    assertThatThrownBy(() -> SETTINGS.withThreshold(1.5))
        .hasMessage("threshold: 1.5 (expected: 0..1)");
    assertThatThrownBy(() -> SETTINGS.withThreshold(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new SegmentationSettings(0.5, 0.6, 0, 0, 0, 0, 0, 0))
        .hasMessage("exitThreshold: 0.6 (expected: 0..0.5)");
    assertThatThrownBy(() -> SETTINGS.withPaddingMs(-1, 0))
        .hasMessage("prefixPaddingMs: -1 (expected: 0..10000)");
    assertThatThrownBy(() -> SETTINGS.withPaddingMs(0, 10_001))
        .hasMessage("endPaddingMs: 10001 (expected: 0..10000)");
    assertThatThrownBy(() -> SETTINGS.withSilenceDurationMs(60_001))
        .hasMessage("silenceDurationMs: 60001 (expected: 0..60000)");
    assertThatThrownBy(() -> SETTINGS.withSpeechMs(0, 400))
        .hasMessage("maxSpeechMs: 400 (expected: 0, or 500..86400000)");
  }

  @Test
  void theExitThresholdIsNeverHigherThanTheThreshold() {
    assertThat(SegmentationSettings.exitBelow(0.005)).isEqualTo(0.005);
    assertThat(SegmentationSettings.exitBelow(0.1)).isEqualTo(0.01);
    assertThat(SegmentationSettings.exitBelow(0.5)).isEqualTo(0.35);
  }
}
