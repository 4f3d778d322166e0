package dev.parley.gpu.loudness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoudnessMeterTest {

  private static final double NEAR = 0.1;

  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000})
  void hearsTheReferenceToneAsTheStandardSaysAtEveryRate(int rate) {
    // A full-scale sine of 997 Hz on one channel is -3.01 LUFS.
    assertThat(loudness(rate, 5, tone(rate, 5, 997, -18))).isCloseTo(-21.01, within(NEAR));
  }

  @Test
  void twoChannelsAreThreeDecibelsLouderThanOne() {
    float[] tone = tone(48_000, 20, 997, -23);
    // The first case of EBU Tech 3341: a stereo tone at -23 dBFS is -23 LUFS.
    assertThat(loudness(48_000, 20, tone, tone)).isCloseTo(-23.0, within(NEAR));
  }

  @Test
  void leavesOutWhatIsFarBelowTheRest() {
    // The third case of EBU Tech 3341: 10 s at -36, 60 s at -23, 10 s at -36 are -23 LUFS.
    int rate = 48_000;
    float[] all =
        joined(tone(rate, 10, 997, -36), tone(rate, 60, 997, -23), tone(rate, 10, 997, -36));
    assertThat(loudness(rate, 80, all, all)).isCloseTo(-23.0, within(NEAR));
  }

  @Test
  void leavesOutSilence() {
    int rate = 16_000;
    float[] all = joined(new float[rate * 10], tone(rate, 5, 997, -18), new float[rate * 10]);
    assertThat(loudness(rate, 25, all)).isCloseTo(-21.01, within(0.3));
  }

  @Test
  void weighsLowTonesLess() {
    double low = loudness(48_000, 3, tone(48_000, 3, 40, -18));
    double high = loudness(48_000, 3, tone(48_000, 3, 4_000, -18));
    // The tables of the standard at 40 Hz and at 4 kHz.
    assertThat(low).isCloseTo(-21.7 - 5.4, within(1.0));
    assertThat(high).isCloseTo(-21.7 + 4.0, within(0.3));
  }

  @Test
  void isTheSameHoweverTheSoundIsCut() {
    int rate = 44_100;
    float[] tone = tone(rate, 3, 440, -20);
    LoudnessMeter whole = new LoudnessMeter(rate, 1);
    whole.process(new float[][] {tone}, tone.length);
    LoudnessMeter cut = new LoudnessMeter(rate, 1);
    for (int at = 0; at < tone.length; at += 777) {
      float[] part = Arrays.copyOfRange(tone, at, Math.min(tone.length, at + 777));
      cut.process(new float[][] {part}, part.length);
    }
    assertThat(cut.integratedLufs()).isEqualTo(whole.integratedLufs(), within(1e-9));
  }

  @Test
  void silenceAndWhatIsShorterThanABlockHaveNoLoudness() {
    assertThat(loudness(48_000, 2, new float[96_000])).isEqualTo(Double.NEGATIVE_INFINITY);
    float[] tone = tone(48_000, 1, 997, -18);
    LoudnessMeter meter = new LoudnessMeter(48_000, 1);
    meter.process(new float[][] {tone}, 48_000 * 4 / 10 - 1);
    assertThat(meter.integratedLufs()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void refusesRatesWithoutRoomForTheWeighting() {
    assertThatThrownBy(() -> new LoudnessMeter(4_000, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8000");
  }

  private static double loudness(int rate, int seconds, float[]... planes) {
    LoudnessMeter meter = new LoudnessMeter(rate, planes.length);
    meter.process(planes, rate * seconds);
    return meter.integratedLufs();
  }

  private static float[] tone(int rate, int seconds, double hertz, double dbfs) {
    double peak = Math.pow(10, dbfs / 20);
    float[] tone = new float[rate * seconds];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (peak * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return tone;
  }

  private static float[] joined(float[]... parts) {
    float[] all = new float[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
