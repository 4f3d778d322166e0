package dev.parley.gpu.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowLoopsTest {

  private final RowLoops scalar = new ScalarRowLoops();
  private final Random random = new Random(3);

  static Stream<RowLoops> forms() {
    return Simd.vectors()
        ? Stream.of(new ScalarRowLoops(), new VectorRowLoops())
        : Stream.of(new ScalarRowLoops());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 31, 33, 63, 64, 65, 129, 257})
  void vectorsGiveWhatPlainJavaGives(int n) {
    assumeTrue(Simd.vectors());
    RowLoops vector = new VectorRowLoops();
    for (int m : new int[] {1, 3, 4, 6}) {
      for (int k : new int[] {0, 1, 4, 9}) {
        int[] rows = IntStream.range(0, k).map(p -> 1 + p * (n + 2)).toArray();
        float[] w = noise(2 + m * (k + 1));
        float[] x = noise(5 + k * (n + 2) + n);
        float[] s = noise(m + n + 2);
        for (int column = 0; column <= 1; column++) {
          float[] one = new float[1 + m * (n + 1)];
          float[] two = new float[1 + m * (n + 1)];
          scalar.weigh(w, 2, k, m, x, 1, rows, s, 1, 1 - column, column, one, 1, n + 1, n);
          vector.weigh(w, 2, k, m, x, 1, rows, s, 1, 1 - column, column, two, 1, n + 1, n);
          same(one, two);
        }
      }
    }
    float[] one = noise(n + 4);
    float[] two = one.clone();
    scalar.tanh(one, 2, n);
    vector.tanh(two, 2, n);
    same(one, two);
    scalar.sigmoid(one, 2, n);
    vector.sigmoid(two, 2, n);
    same(one, two);
    float[] a = noise(n + 1);
    float[] b = noise(n + 1);
    for (int step = 0; step <= 1; step++) {
      scalar.add(a, 1, b, 1, step, one, 1, n);
      vector.add(a, 1, b, 1, step, two, 1, n);
      same(one, two);
      scalar.multiply(a, 1, b, 1, step, one, 1, n);
      vector.multiply(a, 1, b, 1, step, two, 1, n);
      same(one, two);
      scalar.leak(a, 1, b, 1, step, one, 1, n);
      vector.leak(a, 1, b, 1, step, two, 1, n);
      same(one, two);
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void curvesAreCloseToTheirDefinitions(RowLoops loops) {
    float[] x = new float[4_001];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - 2_000) / 100f;
    }
    float[] tanh = x.clone();
    float[] sigmoid = x.clone();
    loops.tanh(tanh, 0, x.length);
    loops.sigmoid(sigmoid, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      assertThat((double) tanh[i]).isCloseTo(Math.tanh(x[i]), within(4e-7));
      assertThat((double) sigmoid[i]).isCloseTo(1 / (1 + Math.exp(-x[i])), within(4e-7));
    }
  }

  @Test
  void sumsAreWhatTheDefinitionSays() {
    float[] out = new float[4];
    scalar.weigh(
        new float[] {1, 2, 3, 4},
        0,
        2,
        2,
        new float[] {1, 2, 3, 4},
        0,
        new int[] {0, 2},
        new float[] {10, 20},
        0,
        1,
        0,
        out,
        0,
        2,
        2);
    assertThat(out).containsExactly(17, 20, 35, 42);
  }

  private static void same(float[] one, float[] two) {
    for (int i = 0; i < one.length; i++) {
      assertThat(two[i]).isCloseTo(one[i], within(1e-5f));
    }
  }

  private float[] noise(int length) {
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    return noise;
  }
}
