package dev.parley.hub.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SignalsTest {

  private static final int RATE_HZ = 16_000;

  @Test
  void theRatioOfSignalToDistortionKnowsNoScale() {
    float[] clean = Tone.of(1000, RATE_HZ, RATE_HZ);
    float[] other = Tone.of(2000, RATE_HZ, RATE_HZ);
    float[] found = new float[RATE_HZ];
    for (int i = 0; i < RATE_HZ; i++) {
      found[i] = 0.3f * (clean[i] + 0.1f * other[i]) + 0.05f;
    }
    assertThat(Signals.siSdrDb(clean, found)).isCloseTo(20, within(0.001));
  }

  @Test
  void levelsAreInDecibelsOfFullScale() {
    float[] tone = Signals.withPeakDb(Tone.of(1000, RATE_HZ, RATE_HZ), -20);
    assertThat(Signals.levelDb(tone)).isCloseTo(-23.01, within(0.01));
    float[] less = Signals.withPeakDb(tone, -26.0206);
    assertThat(Signals.matchDb(tone, less, tone.length)).isCloseTo(6.02, within(0.01));
  }

  @Test
  void silenceIsAHoleOnlyWhereSpeechIs() {
    float[] speech = Tone.of(1000, RATE_HZ, RATE_HZ);
    float[] found = speech.clone();
    Arrays.fill(found, 1600, 1600 + 480, 0);
    assertThat(Signals.holeFrames(speech, found, 160)).isEqualTo(3);
    assertThat(Signals.holeFrames(new float[RATE_HZ], found, 160)).isZero();
  }

  @Test
  void aFitTellsGainAndRest() {
    float[] tone = Tone.of(997, RATE_HZ, RATE_HZ);
    assertThat(Tone.fit(tone, 997, RATE_HZ).gainDb()).isCloseTo(0, within(1e-6));
    assertThat(Tone.fit(tone, 997, RATE_HZ).noiseDb()).isLessThan(-140);
    assertThat(Tone.levelDb(tone)).isCloseTo(0, within(0.001));
  }
}
