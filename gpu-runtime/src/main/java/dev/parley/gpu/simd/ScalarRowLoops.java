package dev.parley.gpu.simd;

import java.util.Arrays;

/** The loops in plain Java, in forms that the just-in-time compiler can turn into vector code. */
final class ScalarRowLoops implements RowLoops {

  // The quotient of polynomials of degree 4 in x^2 that is closest to tanh(x) / x over |x| <= 9,
  // to 2e-8; with the rounding of floats the whole is within 4e-7.
  static final float TANH_END = 9;
  static final float P0 = 1;
  static final float P1 = 1.3381013e-1f;
  static final float P2 = 3.4955742e-3f;
  static final float P3 = 2.0608853e-5f;
  static final float P4 = 1.3354354e-8f;
  static final float Q1 = 4.671433e-1f;
  static final float Q2 = 2.5876928e-2f;
  static final float Q3 = 3.285612e-4f;
  static final float Q4 = 7.7764304e-7f;

  /** Rows from this length on are added one by one, shorter ones value by value. */
  private static final int LONG_ROW = 48;

  @Override
  public void weigh(
      float[] w,
      int wAt,
      int wStride,
      int m,
      float[] x,
      int xAt,
      int[] rows,
      float[] s,
      int sAt,
      int sRow,
      int sColumn,
      float[] out,
      int outAt,
      int outStride,
      int n) {
    for (int r = 0; r < m; r++) {
      int to = outAt + r * outStride;
      int from = sAt + r * sRow;
      if (sColumn == 1) {
        System.arraycopy(s, from, out, to, n);
      } else {
        Arrays.fill(out, to, to + n, s[from]);
      }
    }
    int r = 0;
    if (n < LONG_ROW) {
      for (; r + 4 <= m; r += 4) {
        addShort(
            w, wAt + r * wStride, wStride, x, xAt, rows, out, outAt + r * outStride, outStride, n);
      }
    }
    for (; r < m; r++) {
      addLong(w, wAt + r * wStride, x, xAt, rows, out, outAt + r * outStride, n);
    }
  }

  /** Four results at a time. */
  private static void addShort(
      float[] w,
      int wAt,
      int wStride,
      float[] x,
      int xAt,
      int[] rows,
      float[] out,
      int outAt,
      int outStride,
      int n) {
    int w1 = wAt + wStride;
    int w2 = w1 + wStride;
    int w3 = w2 + wStride;
    for (int j = 0; j < n; j++) {
      int o = outAt + j;
      float a0 = out[o];
      float a1 = out[o + outStride];
      float a2 = out[o + 2 * outStride];
      float a3 = out[o + 3 * outStride];
      for (int p = 0; p < rows.length; p++) {
        float value = x[xAt + rows[p] + j];
        a0 += w[wAt + p] * value;
        a1 += w[w1 + p] * value;
        a2 += w[w2 + p] * value;
        a3 += w[w3 + p] * value;
      }
      out[o] = a0;
      out[o + outStride] = a1;
      out[o + 2 * outStride] = a2;
      out[o + 3 * outStride] = a3;
    }
  }

  /** Four rows at a time into one result. */
  private static void addLong(
      float[] w, int wAt, float[] x, int xAt, int[] rows, float[] out, int outAt, int n) {
    int p = 0;
    for (; p + 4 <= rows.length; p += 4) {
      float w0 = w[wAt + p];
      float w1 = w[wAt + p + 1];
      float w2 = w[wAt + p + 2];
      float w3 = w[wAt + p + 3];
      int x0 = xAt + rows[p];
      int x1 = xAt + rows[p + 1];
      int x2 = xAt + rows[p + 2];
      int x3 = xAt + rows[p + 3];
      for (int j = 0; j < n; j++) {
        out[outAt + j] += w0 * x[x0 + j] + w1 * x[x1 + j] + w2 * x[x2 + j] + w3 * x[x3 + j];
      }
    }
    for (; p < rows.length; p++) {
      float w0 = w[wAt + p];
      int x0 = xAt + rows[p];
      for (int j = 0; j < n; j++) {
        out[outAt + j] += w0 * x[x0 + j];
      }
    }
  }

  @Override
  public void tanh(float[] values, int at, int count) {
    for (int i = at; i < at + count; i++) {
      values[i] = tanh(values[i]);
    }
  }

  @Override
  public void sigmoid(float[] values, int at, int count) {
    for (int i = at; i < at + count; i++) {
      values[i] = 0.5f + 0.5f * tanh(0.5f * values[i]);
    }
  }

  private static float tanh(float value) {
    float x = Math.max(-TANH_END, Math.min(TANH_END, value));
    float u = x * x;
    float p = (((P4 * u + P3) * u + P2) * u + P1) * u + P0;
    float q = (((Q4 * u + Q3) * u + Q2) * u + Q1) * u + 1;
    return Math.max(-1f, Math.min(1f, x * p / q));
  }

  @Override
  public void add(
      float[] a, int aAt, float[] b, int bAt, int bStep, float[] out, int outAt, int n) {
    if (bStep == 1) {
      for (int i = 0; i < n; i++) {
        out[outAt + i] = a[aAt + i] + b[bAt + i];
      }
    } else {
      float one = b[bAt];
      for (int i = 0; i < n; i++) {
        out[outAt + i] = a[aAt + i] + one;
      }
    }
  }

  @Override
  public void multiply(
      float[] a, int aAt, float[] b, int bAt, int bStep, float[] out, int outAt, int n) {
    if (bStep == 1) {
      for (int i = 0; i < n; i++) {
        out[outAt + i] = a[aAt + i] * b[bAt + i];
      }
    } else {
      float one = b[bAt];
      for (int i = 0; i < n; i++) {
        out[outAt + i] = a[aAt + i] * one;
      }
    }
  }

  @Override
  public void leak(
      float[] a, int aAt, float[] b, int bAt, int bStep, float[] out, int outAt, int n) {
    if (bStep == 1) {
      for (int i = 0; i < n; i++) {
        out[outAt + i] = Math.max(a[aAt + i], 0f) + b[bAt + i] * Math.min(a[aAt + i], 0f);
      }
    } else {
      float one = b[bAt];
      for (int i = 0; i < n; i++) {
        out[outAt + i] = Math.max(a[aAt + i], 0f) + one * Math.min(a[aAt + i], 0f);
      }
    }
  }
}
