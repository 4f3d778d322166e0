package dev.parley.gpu.fft;

import dev.parley.gpu.simd.Turn;
import java.util.Arrays;

/**
 * The discrete Fourier transform of a real signal of one length, in 64-bit floats: for designing
 * and measuring, where {@link RealFft} is for running. A Stockham transform of mixed radix in plain
 * Java. Keeps scratch memory: for one thread at a time. Calls allocate nothing.
 */
public final class RealFftDouble {

  private final int size;
  private final int[] radices;
  private final double[] cosines;
  private final double[] sines;
  private double[] re;
  private double[] im;
  private double[] workRe;
  private double[] workIm;

  private RealFftDouble(int size) {
    this.size = size;
    this.radices = Radices.of(size, size).stream().mapToInt(Integer::intValue).toArray();
    this.cosines = new double[size];
    this.sines = new double[size];
    for (int i = 0; i < size; i++) {
      Turn turn = Turn.of(i, size);
      cosines[i] = turn.cosine();
      sines[i] = turn.sine();
    }
    this.re = new double[size];
    this.im = new double[size];
    this.workRe = new double[size];
    this.workIm = new double[size];
  }

  /** A transform of {@code size} samples: even, a product of 2, 3 and 5, 2 to 65,536. */
  public static RealFftDouble of(int size) {
    if (size < 2 || size > 65_536 || size % 2 != 0) {
      throw new IllegalArgumentException("size: " + size + " (expected: even, 2..65536)");
    }
    return new RealFftDouble(size);
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
  public void forward(double[] signal, int offset, double[] real, double[] imaginary) {
    System.arraycopy(signal, offset, re, 0, size);
    Arrays.fill(im, 0);
    transform();
    System.arraycopy(re, 0, real, 0, bins());
    System.arraycopy(im, 0, imaginary, 0, bins());
    imaginary[0] = 0;
    imaginary[size / 2] = 0;
  }

  /** The signal of a spectrum, scaled so that it undoes {@link #forward}. */
  public void inverse(double[] real, double[] imaginary, double[] signal, int offset) {
    for (int i = 0; i < bins(); i++) {
      re[i] = real[i];
      im[i] = i == 0 || i == size / 2 ? 0 : -imaginary[i];
      if (i > 0 && i < size / 2) {
        re[size - i] = re[i];
        im[size - i] = -im[i];
      }
    }
    transform();
    for (int i = 0; i < size; i++) {
      signal[offset + i] = re[i] / size;
    }
  }

  private void transform() {
    int stride = 1;
    for (int radix : radices) {
      stage(radix, stride, size / stride / radix);
      stride *= radix;
      double[] swapped = re;
      re = workRe;
      workRe = swapped;
      swapped = im;
      im = workIm;
      workIm = swapped;
    }
  }

  /** A stage as {@link dev.parley.gpu.simd.FftStage} describes it. */
  private void stage(int radix, int stride, int groups) {
    int part = stride * groups;
    for (int p = 0; p < groups; p++) {
      for (int k = 0; k < radix; k++) {
        int turn = p * k * stride;
        for (int q = 0; q < stride; q++) {
          double sumRe = 0;
          double sumIm = 0;
          for (int j = 0; j < radix; j++) {
            int i = q + stride * p + part * j;
            int place = j * k % radix * (size / radix);
            sumRe += re[i] * cosines[place] - im[i] * sines[place];
            sumIm += re[i] * sines[place] + im[i] * cosines[place];
          }
          int o = q + stride * (radix * p + k);
          workRe[o] = sumRe * cosines[turn] - sumIm * sines[turn];
          workIm[o] = sumRe * sines[turn] + sumIm * cosines[turn];
        }
      }
    }
  }
}
