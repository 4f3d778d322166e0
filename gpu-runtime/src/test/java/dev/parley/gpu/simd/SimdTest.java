package dev.parley.gpu.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector forms against their scalar twins: the same up to the order of roundings. */
class SimdTest {

  private final Random random = new Random(1);

  @Test
  void picksVectorsWhereTheModuleIsThere() {
    assertThat(ModuleLayer.boot().findModule("jdk.incubator.vector")).isPresent();
    assertThat(Simd.vectors()).isEqualTo(VectorWidth.bits() >= 256);
  }

  @ParameterizedTest
  @CsvSource({
    "2,16,3", "3,16,2", "4,16,2", "5,16,2", "8,16,2", "2,25,2", "3,40,1", "4,18,3", "5,33,2",
    "8,30,2", "4,1,16", "4,1,30", "4,4,8", "4,4,15", "4,1,2", "5,8,5", "2,4,25"
  })
  void stagesAgree(int radix, int stride, int groups) {
    FftStage stage = FftStage.of(radix, stride, groups);
    int size = radix * stride * groups;
    float[] re = noise(size);
    float[] im = noise(size);
    float[][] expected = new float[2][size];
    float[][] found = new float[2][size];
    new ScalarFftSteps().stage(stage, re, im, expected[0], expected[1]);
    new VectorFftSteps().stage(stage, re, im, found[0], found[1]);
    assertClose(found[0], expected[0], 1e-5f);
    assertClose(found[1], expected[1], 1e-5f);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 31, 32, 33, 60, 256})
  void endsOfTheTransformAgree(int half) {
    FftSteps scalar = new ScalarFftSteps();
    FftSteps vector = new VectorFftSteps();
    float[] in = noise(2 * half + 2);
    float[][] a = new float[4][half + 1];
    float[][] b = new float[4][half + 1];
    float[] wr = new float[half];
    float[] wi = new float[half];
    for (int k = 0; k < half; k++) {
      wr[k] = (float) Turn.of(k, 2L * half).cosine();
      wi[k] = (float) Turn.of(k, 2L * half).sine();
    }
    scalar.split(in, 1, half, a[0], a[1]);
    vector.split(in, 1, half, b[0], b[1]);
    assertThat(b).isDeepEqualTo(a);
    scalar.unfold(half, wr, wi, a[0], a[1], a[2], a[3]);
    vector.unfold(half, wr, wi, a[0], a[1], b[2], b[3]);
    assertClose(b[2], a[2], 1e-5f);
    assertClose(b[3], a[3], 1e-5f);
    scalar.fold(half, 0.5f, wr, wi, a[2], a[3], a[0], a[1]);
    vector.fold(half, 0.5f, wr, wi, a[2], a[3], b[0], b[1]);
    assertClose(b[0], a[0], 1e-5f);
    float[] expected = new float[2 * half];
    float[] found = new float[2 * half];
    scalar.join(a[0], a[1], half, expected, 0);
    vector.join(a[0], a[1], half, found, 0);
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 7, 8, 48, 1000, 6561})
  void turnsAreRightInEveryEighthOfTheCircle(long whole) {
    for (long part = -whole; part < 2 * whole; part++) {
      Turn turn = Turn.of(part, whole);
      double angle = -2 * Math.PI * part / whole;
      assertThat(turn.cosine()).isCloseTo(Math.cos(angle), within(5e-15));
      assertThat(turn.sine()).isCloseTo(Math.sin(angle), within(5e-15));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 13})
  void filtersAgreeAndDoNotDependOnTheirCompany(int count) {
    int columns = 37;
    float[] in = noise(columns + 3 * count);
    FilterSteps vector = new VectorFilterSteps();
    FilterSteps scalar = new ScalarFilterSteps();
    int lanes = vector.lanes();
    float[] wide = noise(columns * lanes);
    float[] narrow = new float[columns * scalar.lanes()];
    for (int c = 0; c < columns; c++) {
      System.arraycopy(wide, c * lanes, narrow, c * scalar.lanes(), scalar.lanes());
    }
    FilterBlock block = new FilterBlock(columns, 18, wide);
    float[] found = new float[count * lanes];
    vector.apply(block, in, 0, 3, count, found, 0, lanes);
    float[] alone = new float[lanes];
    float[] expected = new float[scalar.lanes()];
    for (int i = 0; i < count; i++) {
      vector.apply(block, in, 3 * i, 3, 1, alone, 0, lanes);
      scalar.apply(new FilterBlock(columns, 18, narrow), in, 3 * i, 3, 1, expected, 0, 1);
      for (int lane = 0; lane < lanes; lane++) {
        assertThat(found[i * lanes + lane]).isEqualTo(alone[lane]);
      }
      for (int lane = 0; lane < expected.length; lane++) {
        assertThat(alone[lane]).isCloseTo(expected[lane], within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 16, 47, 200})
  void sumsAgree(int length) {
    float[] a = noise(4 * length + 1);
    float[] b = noise(length + 2);
    FilterSteps scalar = new ScalarFilterSteps();
    FilterSteps vector = new VectorFilterSteps();
    assertThat(vector.dot(a, 1, b, 2, length))
        .isCloseTo(scalar.dot(a, 1, b, 2, length), within(1e-5f));
    float[] weights = {0.1f, 0.7f, 0.5f, -0.3f};
    assertThat(vector.blend(a, 1, length, weights, b, 2))
        .isCloseTo(scalar.blend(a, 1, length, weights, b, 2), within(1e-5f));
  }

  private float[] noise(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  private static void assertClose(float[] found, float[] expected, float tolerance) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(tolerance));
    }
  }
}
