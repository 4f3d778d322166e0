package dev.parley.gpu.denoise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.gpu.Shared;
import dev.parley.gpu.device.DeviceSettings;
import dev.parley.gpu.device.ModelRuntime;
import dev.parley.gpu.graph.GraphRuntime;
import dev.parley.gpu.onnx.OnnxRuntime;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmallNetworksTest {

  private static final ModelRuntime RUNTIME = new GraphRuntime();

  private static final ModelRuntime LIBRARY =
      new OnnxRuntime(
          new DeviceSettings(DeviceSettings.Wish.CPU, 0, 0),
          notice -> {
            throw new AssertionError(notice);
          });

  @AfterAll
  static void close() {
    RUNTIME.close();
    LIBRARY.close();
  }

  @ParameterizedTest
  @EnumSource
  void answersAsTheAuthorsFilesDo(SmallNetwork network) {
    answersAsTheAuthorsFilesDo(network, RUNTIME);
  }

  @ParameterizedTest
  @EnumSource
  void answersAsTheAuthorsFilesDoThroughTheLibrary(SmallNetwork network) {
    answersAsTheAuthorsFilesDo(network, LIBRARY);
  }

  private static void answersAsTheAuthorsFilesDo(SmallNetwork network, ModelRuntime runtime) {
    float[] noisy = Shared.wav("denoise/vbd16k/p232_010_noisy.wav").samples();
    try (Denoiser denoiser = network.load(runtime)) {
      float[] found = Signals.through(denoiser, noisy, Denoiser.UNLIMITED, 1000);
      float[] wanted = network.reference();
      assertThat(found).hasSameSizeAs(wanted);
      // The reference for DTLN ends with its input: what overlaps the end is not complete in it.
      int complete = network == SmallNetwork.DTLN ? wanted.length - 512 : wanted.length;
      assertThat(
              Signals.signalToDifferenceDb(
                  Arrays.copyOf(wanted, complete), Arrays.copyOf(found, complete)))
          .isGreaterThan(60);
    }
  }

  /** The baselines were measured with the authors' files; a mean moves by less than 0.2 dB. */
  @ParameterizedTest
  @EnumSource
  void cleansTheRecordingsAsWellAsTheAuthorsFilesDo(SmallNetwork network) {
    String[] numbers = {
      "003", "005", "006", "010", "011", "014", "015", "016", "019", "021", "022", "023", "024",
      "032", "043", "052", "170"
    };
    double sum = 0;
    try (Denoiser denoiser = network.load(RUNTIME)) {
      for (String number : numbers) {
        float[] noisy = Shared.wav("denoise/vbd16k/p232_" + number + "_noisy.wav").samples();
        float[] clean = Shared.wav("denoise/vbd16k/p232_" + number + "_clean.wav").samples();
        float[] found = Signals.through(denoiser, noisy, Denoiser.UNLIMITED, 16_000);
        sum += Signals.siSdrDb(Arrays.copyOf(clean, found.length), found);
      }
    }
    assertThat(sum / numbers.length).isCloseTo(network.siSdrDb(), within(0.2));
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameForAnySplitAndAsMuchAsItTook(SmallNetwork network) {
    try (Denoiser denoiser = network.load(RUNTIME)) {
      float[] noisy = Signals.noise(5_000, 0.1, 1);
      float[] whole = Signals.through(denoiser, noisy, 20, noisy.length);
      assertThat(whole).hasSameSizeAs(noisy);
      assertThat(Signals.through(denoiser, noisy, 20, 1, 700, 3, 0, 256)).isEqualTo(whole);
      assertThat(Signals.through(denoiser, noisy, 20, 160)).isEqualTo(whole);
      for (int length : new int[] {0, 1, 127, 128, 129, 255, 256, 257, 384, 513}) {
        float[] start = Arrays.copyOf(noisy, length);
        assertThat(Signals.through(denoiser, start, 20, 100)).hasSize(length);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void mixesTheNoisySignalInUpToTheLimit(SmallNetwork network) {
    float[] noisy = Shared.wav("denoise/vbd16k/p232_010_noisy.wav").samples();
    float[] start = Arrays.copyOf(noisy, 16_000);
    try (Denoiser denoiser = network.load(RUNTIME)) {
      assertThat(Signals.through(denoiser, start, 0, 333)).isEqualTo(start);
      float[] enhanced = Signals.through(denoiser, start, Denoiser.UNLIMITED, 333);
      float[] limited = Signals.through(denoiser, start, 12, 333);
      double kept = Math.pow(10, -12 / 20.0);
      double furthest = 0;
      for (int i = 0; i < start.length; i++) {
        double wanted = enhanced[i] + kept * (start[i] - enhanced[i]);
        furthest = Math.max(furthest, Math.abs(limited[i] - wanted));
      }
      assertThat(furthest).isLessThan(1e-6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesALimitThatIsNone(SmallNetwork network) {
    try (Denoiser denoiser = network.load(RUNTIME)) {
      assertThatThrownBy(() -> denoiser.open(-1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> denoiser.open(Float.NaN))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesCleanSpeechAsLoudAsItWas(SmallNetwork network) {
    float[] clean = Shared.wav("denoise/vbd16k/p232_010_clean.wav").samples();
    try (Denoiser denoiser = network.load(RUNTIME)) {
      for (double scale : new double[] {1, 0.1}) {
        float[] scaled = new float[clean.length];
        for (int i = 0; i < clean.length; i++) {
          scaled[i] = (float) (scale * clean[i]);
        }
        float[] found = Signals.through(denoiser, scaled, Denoiser.UNLIMITED, 4000);
        assertThat(Signals.levelDb(found)).isCloseTo(Signals.levelDb(scaled), within(0.5));
        assertThat(longestGap(scaled, found)).isLessThanOrEqualTo(320);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void staysQuietInSilenceAndComesBackAfterIt(SmallNetwork network) {
    float[] noisy = Shared.wav("denoise/vbd16k/p232_010_noisy.wav").samples();
    float[] in = new float[3 * 16_000];
    System.arraycopy(noisy, 0, in, 32_000, 16_000);
    try (Denoiser denoiser = network.load(RUNTIME)) {
      float[] out = Signals.through(denoiser, in, Denoiser.UNLIMITED, 480);
      assertThat(Signals.levelDb(Arrays.copyOf(out, 31_000))).isLessThan(-80);
      assertThat(Signals.levelDb(Arrays.copyOfRange(out, 32_000, 48_000))).isGreaterThan(-40);
    }
  }

  @ParameterizedTest
  @EnumSource
  void outlivesSamplesThatAreNoNumbers(SmallNetwork network) {
    float[] noisy = Shared.wav("denoise/vbd16k/p232_010_noisy.wav").samples();
    float[] in = Arrays.copyOf(noisy, 32_000);
    in[100] = Float.NaN;
    in[101] = Float.POSITIVE_INFINITY;
    in[102] = Float.MAX_VALUE;
    in[9_000] = -Float.MAX_VALUE;
    try (Denoiser denoiser = network.load(RUNTIME)) {
      float[] out = Signals.through(denoiser, in, Denoiser.UNLIMITED, 480);
      assertThat(IntStream.range(0, out.length).filter(i -> !Float.isFinite(out[i]))).isEmpty();
      float[] usual = Signals.through(denoiser, noisy, Denoiser.UNLIMITED, 480);
      assertThat(
              Signals.signalToDifferenceDb(
                  Arrays.copyOfRange(usual, 24_000, 31_000),
                  Arrays.copyOfRange(out, 24_000, 31_000)))
          .isGreaterThan(6);
    }
  }

  /** Longest run of samples below -90 dB while the 20 ms around it are louder than -50 dB. */
  private static int longestGap(float[] in, float[] out) {
    int longest = 0;
    int run = 0;
    for (int at = 0; at + 320 <= in.length; at += 320) {
      boolean speech = Signals.levelDb(Arrays.copyOfRange(in, at, at + 320)) > -50;
      for (int i = at; i < at + 320; i++) {
        run = speech && Math.abs(out[i]) < 3.2e-5f ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
    }
    return longest;
  }
}
