package dev.parley.gpu.simd;

/** The loops in plain Java: the reference for the vector form, and what runs without it. */
final class ScalarFftSteps implements FftSteps {

  static final float HALF_ROOT_2 = (float) Math.sqrt(0.5);
  static final float HALF_ROOT_3 = (float) (Math.sqrt(3) / 2);
  static final float COS_72 = (float) Math.cos(Math.PI * 0.4);
  static final float COS_144 = (float) Math.cos(Math.PI * 0.8);
  static final float SIN_72 = (float) Math.sin(Math.PI * 0.4);
  static final float SIN_144 = (float) Math.sin(Math.PI * 0.8);

  @Override
  public void split(float[] in, int offset, int count, float[] re, float[] im) {
    for (int i = 0; i < count; i++) {
      re[i] = in[offset + 2 * i];
      im[i] = in[offset + 2 * i + 1];
    }
  }

  @Override
  public void join(float[] re, float[] im, int count, float[] out, int offset) {
    for (int i = 0; i < count; i++) {
      out[offset + 2 * i] = re[i];
      out[offset + 2 * i + 1] = im[i];
    }
  }

  @Override
  public void stage(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi) {
    switch (stage.radix()) {
      case 2 -> radix2(stage, xr, xi, yr, yi);
      case 3 -> radix3(stage, xr, xi, yr, yi);
      case 4 -> radix4(stage, xr, xi, yr, yi);
      case 5 -> radix5(stage, xr, xi, yr, yi);
      case 8 -> radix8(stage, xr, xi, yr, yi);
      default -> throw new IllegalArgumentException("radix: " + stage.radix());
    }
  }

  private static void radix2(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi) {
    int s = stage.stride();
    int part = s * stage.groups();
    float[] w = stage.twiddles();
    for (int p = 0; p < stage.groups(); p++) {
      float wr = w[2 * p];
      float wi = w[2 * p + 1];
      int in = s * p;
      int out = 2 * s * p;
      for (int q = 0; q < s; q++) {
        float dr = xr[in + q] - xr[in + q + part];
        float di = xi[in + q] - xi[in + q + part];
        yr[out + q] = xr[in + q] + xr[in + q + part];
        yi[out + q] = xi[in + q] + xi[in + q + part];
        yr[out + q + s] = dr * wr - di * wi;
        yi[out + q + s] = dr * wi + di * wr;
      }
    }
  }

  private static void radix3(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi) {
    int s = stage.stride();
    int part = s * stage.groups();
    float[] w = stage.twiddles();
    for (int p = 0; p < stage.groups(); p++) {
      int t = 4 * p;
      int in = s * p;
      int out = 3 * s * p;
      for (int q = 0; q < s; q++) {
        int i = in + q;
        int o = out + q;
        float sumR = xr[i + part] + xr[i + 2 * part];
        float sumI = xi[i + part] + xi[i + 2 * part];
        float vr = (xr[i + part] - xr[i + 2 * part]) * HALF_ROOT_3;
        float vi = (xi[i + part] - xi[i + 2 * part]) * HALF_ROOT_3;
        float ur = xr[i] - 0.5f * sumR;
        float ui = xi[i] - 0.5f * sumI;
        yr[o] = xr[i] + sumR;
        yi[o] = xi[i] + sumI;
        store(yr, yi, o + s, ur + vi, ui - vr, w[t], w[t + 1]);
        store(yr, yi, o + 2 * s, ur - vi, ui + vr, w[t + 2], w[t + 3]);
      }
    }
  }

  private static void radix4(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi) {
    int s = stage.stride();
    int part = s * stage.groups();
    float[] w = stage.twiddles();
    for (int p = 0; p < stage.groups(); p++) {
      int t = 6 * p;
      int in = s * p;
      int out = 4 * s * p;
      for (int q = 0; q < s; q++) {
        int i = in + q;
        int o = out + q;
        float apcR = xr[i] + xr[i + 2 * part];
        float apcI = xi[i] + xi[i + 2 * part];
        float amcR = xr[i] - xr[i + 2 * part];
        float amcI = xi[i] - xi[i + 2 * part];
        float bpdR = xr[i + part] + xr[i + 3 * part];
        float bpdI = xi[i + part] + xi[i + 3 * part];
        float bmdR = xr[i + part] - xr[i + 3 * part];
        float bmdI = xi[i + part] - xi[i + 3 * part];
        yr[o] = apcR + bpdR;
        yi[o] = apcI + bpdI;
        store(yr, yi, o + s, amcR + bmdI, amcI - bmdR, w[t], w[t + 1]);
        store(yr, yi, o + 2 * s, apcR - bpdR, apcI - bpdI, w[t + 2], w[t + 3]);
        store(yr, yi, o + 3 * s, amcR - bmdI, amcI + bmdR, w[t + 4], w[t + 5]);
      }
    }
  }

  private static void radix5(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi) {
    int s = stage.stride();
    int part = s * stage.groups();
    float[] w = stage.twiddles();
    for (int p = 0; p < stage.groups(); p++) {
      int t = 8 * p;
      int in = s * p;
      int out = 5 * s * p;
      for (int q = 0; q < s; q++) {
        int i = in + q;
        int o = out + q;
        float ar = xr[i];
        float ai = xi[i];
        float t1r = xr[i + part] + xr[i + 4 * part];
        float t1i = xi[i + part] + xi[i + 4 * part];
        float t2r = xr[i + 2 * part] + xr[i + 3 * part];
        float t2i = xi[i + 2 * part] + xi[i + 3 * part];
        float t3r = xr[i + part] - xr[i + 4 * part];
        float t3i = xi[i + part] - xi[i + 4 * part];
        float t4r = xr[i + 2 * part] - xr[i + 3 * part];
        float t4i = xi[i + 2 * part] - xi[i + 3 * part];
        float m1r = ar + COS_72 * t1r + COS_144 * t2r;
        float m1i = ai + COS_72 * t1i + COS_144 * t2i;
        float m2r = ar + COS_144 * t1r + COS_72 * t2r;
        float m2i = ai + COS_144 * t1i + COS_72 * t2i;
        float n1r = SIN_72 * t3r + SIN_144 * t4r;
        float n1i = SIN_72 * t3i + SIN_144 * t4i;
        float n2r = SIN_144 * t3r - SIN_72 * t4r;
        float n2i = SIN_144 * t3i - SIN_72 * t4i;
        yr[o] = ar + t1r + t2r;
        yi[o] = ai + t1i + t2i;
        store(yr, yi, o + s, m1r + n1i, m1i - n1r, w[t], w[t + 1]);
        store(yr, yi, o + 2 * s, m2r + n2i, m2i - n2r, w[t + 2], w[t + 3]);
        store(yr, yi, o + 3 * s, m2r - n2i, m2i + n2r, w[t + 4], w[t + 5]);
        store(yr, yi, o + 4 * s, m1r - n1i, m1i + n1r, w[t + 6], w[t + 7]);
      }
    }
  }

  private static void radix8(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi) {
    int s = stage.stride();
    int part = s * stage.groups();
    float[] w = stage.twiddles();
    for (int p = 0; p < stage.groups(); p++) {
      int t = 14 * p;
      int in = s * p;
      int out = 8 * s * p;
      for (int q = 0; q < s; q++) {
        int i = in + q;
        int o = out + q;
        float p0r = xr[i] + xr[i + 4 * part];
        float p0i = xi[i] + xi[i + 4 * part];
        float p1r = xr[i + part] + xr[i + 5 * part];
        float p1i = xi[i + part] + xi[i + 5 * part];
        float p2r = xr[i + 2 * part] + xr[i + 6 * part];
        float p2i = xi[i + 2 * part] + xi[i + 6 * part];
        float p3r = xr[i + 3 * part] + xr[i + 7 * part];
        float p3i = xi[i + 3 * part] + xi[i + 7 * part];
        float m0r = xr[i] - xr[i + 4 * part];
        float m0i = xi[i] - xi[i + 4 * part];
        float d1r = xr[i + part] - xr[i + 5 * part];
        float d1i = xi[i + part] - xi[i + 5 * part];
        float m2r = xi[i + 2 * part] - xi[i + 6 * part];
        float m2i = xr[i + 6 * part] - xr[i + 2 * part];
        float d3r = xr[i + 3 * part] - xr[i + 7 * part];
        float d3i = xi[i + 3 * part] - xi[i + 7 * part];
        float m1r = HALF_ROOT_2 * (d1r + d1i);
        float m1i = HALF_ROOT_2 * (d1i - d1r);
        float m3r = HALF_ROOT_2 * (d3i - d3r);
        float m3i = -HALF_ROOT_2 * (d3r + d3i);
        float e0r = p0r + p2r;
        float e0i = p0i + p2i;
        float e1r = p1r + p3r;
        float e1i = p1i + p3i;
        float e2r = p0r - p2r;
        float e2i = p0i - p2i;
        float e3r = p1r - p3r;
        float e3i = p1i - p3i;
        float f0r = m0r + m2r;
        float f0i = m0i + m2i;
        float f1r = m1r + m3r;
        float f1i = m1i + m3i;
        float f2r = m0r - m2r;
        float f2i = m0i - m2i;
        float f3r = m1r - m3r;
        float f3i = m1i - m3i;
        yr[o] = e0r + e1r;
        yi[o] = e0i + e1i;
        store(yr, yi, o + s, f0r + f1r, f0i + f1i, w[t], w[t + 1]);
        store(yr, yi, o + 2 * s, e2r + e3i, e2i - e3r, w[t + 2], w[t + 3]);
        store(yr, yi, o + 3 * s, f2r + f3i, f2i - f3r, w[t + 4], w[t + 5]);
        store(yr, yi, o + 4 * s, e0r - e1r, e0i - e1i, w[t + 6], w[t + 7]);
        store(yr, yi, o + 5 * s, f0r - f1r, f0i - f1i, w[t + 8], w[t + 9]);
        store(yr, yi, o + 6 * s, e2r - e3i, e2i + e3r, w[t + 10], w[t + 11]);
        store(yr, yi, o + 7 * s, f2r - f3i, f2i + f3r, w[t + 12], w[t + 13]);
      }
    }
  }

  private static void store(
      float[] yr, float[] yi, int at, float re, float im, float wr, float wi) {
    yr[at] = re * wr - im * wi;
    yi[at] = re * wi + im * wr;
  }

  @Override
  public void unfold(
      int half, float[] wr, float[] wi, float[] zr, float[] zi, float[] real, float[] imaginary) {
    for (int k = 1; k <= half / 2; k++) {
      int m = half - k;
      float evenR = 0.5f * (zr[k] + zr[m]);
      float evenI = 0.5f * (zi[k] - zi[m]);
      float oddR = 0.5f * (zi[k] + zi[m]);
      float oddI = 0.5f * (zr[m] - zr[k]);
      float tr = wr[k] * oddR - wi[k] * oddI;
      float ti = wi[k] * oddR + wr[k] * oddI;
      real[k] = evenR + tr;
      imaginary[k] = evenI + ti;
      real[m] = evenR - tr;
      imaginary[m] = ti - evenI;
    }
    unfoldEnds(half, zr, zi, real, imaginary);
  }

  static void unfoldEnds(int half, float[] zr, float[] zi, float[] real, float[] imaginary) {
    real[0] = zr[0] + zi[0];
    imaginary[0] = 0;
    real[half] = zr[0] - zi[0];
    imaginary[half] = 0;
  }

  @Override
  public void fold(
      int half,
      float scale,
      float[] wr,
      float[] wi,
      float[] real,
      float[] imaginary,
      float[] zr,
      float[] zi) {
    for (int k = 1; k <= half / 2; k++) {
      int m = half - k;
      float evenR = scale * (real[k] + real[m]);
      float evenI = scale * (imaginary[k] - imaginary[m]);
      float dr = scale * (real[k] - real[m]);
      float di = scale * (imaginary[k] + imaginary[m]);
      float oddR = dr * wr[k] + di * wi[k];
      float oddI = di * wr[k] - dr * wi[k];
      zr[k] = evenR - oddI;
      zi[k] = evenI + oddR;
      zr[m] = evenR + oddI;
      zi[m] = oddR - evenI;
    }
    foldEnds(half, scale, real, zr, zi);
  }

  static void foldEnds(int half, float scale, float[] real, float[] zr, float[] zi) {
    zr[0] = scale * (real[0] + real[half]);
    zi[0] = scale * (real[0] - real[half]);
  }
}
