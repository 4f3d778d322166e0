package dev.parley.gpu.fft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.jtransforms.fft.DoubleFFT_1D;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealFftTest {

  static IntStream sizes() {
    return IntStream.concat(
        IntStream.rangeClosed(1, 1000).map(i -> 2 * i).filter(RealFftTest::isProduct),
        IntStream.of(2048, 3072, 4096, 6144, 8192, 24_000, 65_536));
  }

  private static boolean isProduct(int size) {
    int rest = size;
    for (int factor : new int[] {2, 3, 5}) {
      while (rest % factor == 0) {
        rest /= factor;
      }
    }
    return rest == 1;
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void isWithinAFewRoundingsOfATransformInDoubles(int size) {
    float[] signal = noise(size);
    double[] exact = new double[size];
    for (int i = 0; i < size; i++) {
      exact[i] = signal[i];
    }
    double[] wide = exact.clone();
    new DoubleFFT_1D(size).realForward(exact);
    RealFft fft = RealFft.of(size);
    float[] real = new float[fft.bins()];
    float[] imaginary = new float[fft.bins()];
    fft.forward(signal, 0, real, imaginary);
    RealFftDouble fftDouble = RealFftDouble.of(size);
    double[] wideReal = new double[fft.bins()];
    double[] wideImaginary = new double[fft.bins()];
    fftDouble.forward(wide, 0, wideReal, wideImaginary);
    double error = 0;
    double wideError = 0;
    double total = 0;
    for (int k = 0; k < fft.bins(); k++) {
      double re = k == size / 2 ? exact[1] : exact[2 * k];
      double im = k == 0 || k == size / 2 ? 0 : exact[2 * k + 1];
      error += Math.pow(real[k] - re, 2) + Math.pow(imaginary[k] - im, 2);
      wideError += Math.pow(wideReal[k] - re, 2) + Math.pow(wideImaginary[k] - im, 2);
      total += re * re + im * im;
    }
    assertThat(Math.sqrt(error / total)).isLessThan(3e-7);
    assertThat(Math.sqrt(wideError / total)).isLessThan(1e-15);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 30, 200, 512, 960})
  void agreesWithTheDefinition(int size) {
    float[] signal = noise(size);
    RealFft fft = RealFft.of(size);
    float[] real = new float[fft.bins()];
    float[] imaginary = new float[fft.bins()];
    fft.forward(signal, 0, real, imaginary);
    for (int k = 0; k < fft.bins(); k++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < size; i++) {
        double turn = -2 * Math.PI * ((long) k * i % size) / size;
        re += signal[i] * Math.cos(turn);
        im += signal[i] * Math.sin(turn);
      }
      assertThat((double) real[k]).isCloseTo(re, within(1e-6 * size));
      assertThat((double) imaginary[k]).isCloseTo(im, within(1e-6 * size));
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void theInverseUndoesTheTransform(int size) {
    RealFft fft = RealFft.of(size);
    float[] padded = Arrays.copyOf(noise(size), size + 3);
    System.arraycopy(padded, 0, padded, 3, size);
    float[] real = new float[fft.bins()];
    float[] imaginary = new float[fft.bins()];
    fft.forward(padded, 3, real, imaginary);
    float[] back = new float[size + 2];
    fft.inverse(real, imaginary, back, 2);
    for (int i = 0; i < size; i++) {
      assertThat(back[i + 2]).isCloseTo(padded[i + 3], within(2e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, 0, 1, 7, 14, 22, 65_538})
  void refusesOtherSizes(int size) {
    assertThatThrownBy(() -> RealFft.of(size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("size: " + size);
    assertThatThrownBy(() -> RealFftDouble.of(size)).isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] noise(int size) {
    Random random = new Random(size);
    float[] signal = new float[size];
    for (int i = 0; i < size; i++) {
      signal[i] = random.nextFloat() * 2 - 1;
    }
    return signal;
  }
}
