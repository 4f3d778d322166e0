package dev.parley.gpu.simd;

import java.util.Arrays;

/** The loops in plain Java: the reference for the vector form, and what runs without it. */
final class ScalarFilterSteps implements FilterSteps {

  private static final int LANES = 4;

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void apply(
      FilterBlock block,
      float[] in,
      int at,
      int inStride,
      int count,
      float[] out,
      int outAt,
      int outStride) {
    for (int b = 0; b < count; b++) {
      int from = at + b * inStride;
      int to = outAt + b * outStride;
      Arrays.fill(out, to, to + LANES, 0f);
      sum(block, 0, block.middle(), 1, in, from, out, to);
      sum(block, block.columns() - 1, block.middle() - 1, -1, in, from, out, to);
    }
  }

  /** Adds the sum over columns from {@code first} to before {@code end}. */
  private static void sum(
      FilterBlock block, int first, int end, int step, float[] in, int at, float[] out, int outAt) {
    float[] t = block.coefficients();
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    for (int c = first; c != end; c += step) {
      float x = in[at + c];
      sum0 += t[c * LANES] * x;
      sum1 += t[c * LANES + 1] * x;
      sum2 += t[c * LANES + 2] * x;
      sum3 += t[c * LANES + 3] * x;
    }
    out[outAt] += sum0;
    out[outAt + 1] += sum1;
    out[outAt + 2] += sum2;
    out[outAt + 3] += sum3;
  }

  @Override
  public float blend(float[] table, int row, int length, float[] weights, float[] in, int at) {
    return weights[0] * dot(table, row, in, at, length)
        + weights[1] * dot(table, row + length, in, at, length)
        + weights[2] * dot(table, row + 2 * length, in, at, length)
        + weights[3] * dot(table, row + 3 * length, in, at, length);
  }

  @Override
  public float dot(float[] a, int aAt, float[] b, int bAt, int length) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      sum0 += a[aAt + i] * b[bAt + i];
      sum1 += a[aAt + i + 1] * b[bAt + i + 1];
      sum2 += a[aAt + i + 2] * b[bAt + i + 2];
      sum3 += a[aAt + i + 3] * b[bAt + i + 3];
    }
    for (; i < length; i++) {
      sum0 += a[aAt + i] * b[bAt + i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }
}
