package dev.parley.gpu.fft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealFftTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 16, 400, 512, 960, 1024})
  void theInverseUndoesTheTransform(int size) {
    RealFft fft = RealFft.of(size);
    Random random = new Random(1);
    float[] signal = new float[size];
    for (int i = 0; i < size; i++) {
      signal[i] = random.nextFloat() * 2 - 1;
    }
    float[] real = new float[fft.bins()];
    float[] imaginary = new float[fft.bins()];
    fft.forward(signal, 0, real, imaginary);
    float[] back = new float[size];
    fft.inverse(real, imaginary, back, 0);
    for (int i = 0; i < size; i++) {
      assertThat(back[i]).isCloseTo(signal[i], within(1e-6f));
    }
    double sum = 0;
    for (float sample : signal) {
      sum += sample;
    }
    assertThat(real[0]).isCloseTo((float) sum, within(1e-4f));
  }
}
