package dev.parley.gpu.fft;

/**
 * The discrete Fourier transform of a real signal of one length, in 32-bit floats. Keeps scratch
 * memory: for one thread at a time. Calls allocate nothing.
 */
public final class RealFft {

  private final int size;
  private final int[] factors;
  private final double[] cosines;
  private final double[] sines;
  private final double[] re;
  private final double[] im;
  private final double[] workRe;
  private final double[] workIm;

  private RealFft(int size) {
    this.size = size;
    this.factors = factors(size);
    this.cosines = new double[size];
    this.sines = new double[size];
    for (int i = 0; i < size; i++) {
      cosines[i] = Math.cos(-2 * Math.PI * i / size);
      sines[i] = Math.sin(-2 * Math.PI * i / size);
    }
    this.re = new double[size];
    this.im = new double[size];
    this.workRe = new double[size];
    this.workIm = new double[size];
  }

  /** A transform of {@code size} samples: even, a product of 2, 3 and 5, 2 to 65,536. */
  public static RealFft of(int size) {
    if (size < 2 || size > 65_536 || size % 2 != 0) {
      throw new IllegalArgumentException("size: " + size + " (expected: even, 2..65536)");
    }
    return new RealFft(size);
  }

  /** Samples of the signal. */
  public int size() {
    return size;
  }

  /** Bins of the spectrum: half the size and one more. */
  public int bins() {
    return size / 2 + 1;
  }

  /** Unscaled spectrum of {@code size} samples: {@link #bins} real and imaginary parts. */
  public void forward(float[] signal, int offset, float[] real, float[] imaginary) {
    for (int i = 0; i < size; i++) {
      re[i] = signal[offset + i];
      im[i] = 0;
    }
    transform(size, 1, 0, 0, 0);
    for (int i = 0; i < bins(); i++) {
      real[i] = (float) workRe[i];
      imaginary[i] = (float) workIm[i];
    }
  }

  /** The signal of a spectrum, scaled so that it undoes {@link #forward}. */
  public void inverse(float[] real, float[] imaginary, float[] signal, int offset) {
    for (int i = 0; i < bins(); i++) {
      re[i] = real[i];
      im[i] = i == 0 || i == size / 2 ? 0 : -imaginary[i];
      if (i > 0 && i < size / 2) {
        re[size - i] = re[i];
        im[size - i] = -im[i];
      }
    }
    transform(size, 1, 0, 0, 0);
    for (int i = 0; i < size; i++) {
      signal[offset + i] = (float) (workRe[i] / size);
    }
  }

  /**
   * Decimation in time, as in a textbook: the spectrum of every stride-th value from {@code in}.
   */
  private void transform(int count, int stride, int in, int out, int depth) {
    if (count == 1) {
      workRe[out] = re[in];
      workIm[out] = im[in];
      return;
    }
    int radix = factors[depth];
    int part = count / radix;
    for (int r = 0; r < radix; r++) {
      transform(part, stride * radix, in + r * stride, out + r * part, depth + 1);
    }
    double[] sumRe = new double[radix];
    double[] sumIm = new double[radix];
    for (int k = 0; k < part; k++) {
      for (int q = 0; q < radix; q++) {
        double real = 0;
        double imaginary = 0;
        for (int r = 0; r < radix; r++) {
          int turn = (int) ((long) r * (k + q * part) * stride % size);
          double a = workRe[out + r * part + k];
          double b = workIm[out + r * part + k];
          real += a * cosines[turn] - b * sines[turn];
          imaginary += a * sines[turn] + b * cosines[turn];
        }
        sumRe[q] = real;
        sumIm[q] = imaginary;
      }
      for (int q = 0; q < radix; q++) {
        workRe[out + q * part + k] = sumRe[q];
        workIm[out + q * part + k] = sumIm[q];
      }
    }
  }

  private static int[] factors(int size) {
    int rest = size;
    int[] found = new int[32];
    int count = 0;
    for (int factor : new int[] {2, 3, 5}) {
      while (rest % factor == 0) {
        found[count++] = factor;
        rest /= factor;
      }
    }
    if (rest != 1) {
      throw new IllegalArgumentException("size: " + size + " (expected: a product of 2, 3 and 5)");
    }
    return java.util.Arrays.copyOf(found, count);
  }
}
