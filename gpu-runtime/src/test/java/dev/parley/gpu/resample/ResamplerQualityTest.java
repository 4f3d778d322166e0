package dev.parley.gpu.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the filters do, as numbers; tolerances are those of the design, not of today's result. */
class ResamplerQualityTest {

  @ParameterizedTest
  @CsvSource({
    "HQ,48000,16000", "HQ,16000,48000", "HQ,24000,16000", "HQ,16000,24000", "HQ,44100,16000",
    "HQ,8000,16000", "HQ,44100,48000", "HQ,96000,44100", "HQ,44100,44101", "VHQ,48000,16000",
    "VHQ,16000,48000", "VHQ,44100,16000", "VHQ,44100,48000", "VHQ,44100,44101"
  })
  void tonesStayPureInPlaceAndOfTheirSize(Profile profile, int inRate, int outRate) {
    double limitDb = profile == Profile.HQ ? -130 : -175;
    for (double frequency : new double[] {997, 0.85 * Math.min(inRate, outRate) / 2}) {
      double[] out = Streams.through(inRate, outRate, profile, Tone.of(frequency, inRate, inRate));
      Tone.Fit fit = Tone.fit(out, frequency, outRate);
      assertThat(fit.noiseDb()).as("THD+N at %s Hz", frequency).isLessThan(limitDb);
      assertThat(fit.gainDb()).isCloseTo(0, within(1e-4));
      assertThat(fit.phase()).isCloseTo(0, within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REALTIME,48000,16000,-100",
    "REALTIME,24000,16000,-100",
    "HQ,48000,16000,-120",
    "HQ,24000,16000,-120",
    "HQ,44100,16000,-120",
    "HQ,96000,44100,-120",
    "VHQ,48000,16000,-170",
    "VHQ,44100,16000,-170"
  })
  void tonesAboveTheBandVanish(Profile profile, int inRate, int outRate, double limitDb) {
    double nyquist = outRate / 2.0;
    for (int i = 0; i < 15; i++) {
      double frequency = nyquist * 1.05 + (inRate * 0.49 - nyquist * 1.05) * i / 14;
      double[] tone = Tone.of(frequency, inRate, inRate / 4);
      double[] out = Streams.through(inRate, outRate, profile, tone);
      assertThat(Tone.levelDb(out)).as("alias of %s Hz", frequency).isLessThan(limitDb);
    }
  }

  /**
   * An impulse at every phase of the input shows the filter on a grid as fine as both rates need:
   * its spectrum is the response with all aliases and images.
   */
  @ParameterizedTest
  @CsvSource({
    "HQ,48000,16000,-120",
    "HQ,16000,48000,-120",
    "HQ,24000,16000,-120",
    "HQ,16000,24000,-120",
    "HQ,44100,48000,-120",
    "VHQ,48000,16000,-170",
    "VHQ,16000,24000,-170"
  })
  void theResponseIsFlatThenGone(Profile profile, int inRate, int outRate, double stopDb) {
    Response response = Response.of(inRate, outRate, profile);
    for (double f = 0.02; f <= 0.90; f += 0.04) {
      assertThat(response.db(f)).as("at %s", f).isCloseTo(0, within(0.001));
    }
    assertThat(response.db(0.92)).isGreaterThan(-0.01);
    assertThat(response.db(0.95)).isGreaterThan(-3);
    for (double f = 1.0; f < 1.3; f += 0.0031) {
      assertThat(response.db(f)).as("at %s", f).isLessThan(stopDb);
    }
  }

  @ParameterizedTest
  @CsvSource({"48000,16000", "16000,48000", "24000,16000"})
  void realtimeIsSoonAndClean(int inRate, int outRate) {
    assertThat(Resampler.of(inRate, outRate, Profile.REALTIME).delaySeconds()).isLessThan(0.003);
    Response response = Response.of(inRate, outRate, Profile.REALTIME);
    assertThat(response.db(0.9)).isCloseTo(0, within(0.001));
    for (double f = 1.05; f < 1.3; f += 0.0031) {
      assertThat(response.db(f)).as("at %s", f).isLessThan(-100);
    }
  }
}
