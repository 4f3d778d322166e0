package dev.parley.gpu.fft;

import dev.parley.gpu.simd.FftStage;
import dev.parley.gpu.simd.FftSteps;
import dev.parley.gpu.simd.Simd;

/**
 * The discrete Fourier transform of a real signal of one length, in 32-bit floats. Keeps scratch
 * memory: for one thread at a time. Calls allocate nothing.
 *
 * <p>Samples are taken in pairs as complex values, which go through a Stockham transform of mixed
 * radix (Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992): it needs no
 * reordering, and from its third stage on columns fill whole vectors.
 */
public final class RealFft {

  private final int size;
  private final FftStage[] stages;
  private final float[] turnsRe;
  private final float[] turnsIm;
  private final FftSteps steps;
  private final float[] re;
  private final float[] im;
  private final float[] workRe;
  private final float[] workIm;

  RealFft(int size, FftSteps steps) {
    this.size = size;
    RealFftTables tables = RealFftTables.of(size);
    this.stages = tables.stages().toArray(FftStage[]::new);
    this.turnsRe = tables.turnsRe();
    this.turnsIm = tables.turnsIm();
    this.steps = steps;
    this.re = new float[size / 2];
    this.im = new float[size / 2];
    this.workRe = new float[size / 2];
    this.workIm = new float[size / 2];
  }

  /** A transform of {@code size} samples: even, a product of 2, 3 and 5, 2 to 65,536. */
  public static RealFft of(int size) {
    if (size < 2 || size > 65_536 || size % 2 != 0) {
      throw new IllegalArgumentException("size: " + size + " (expected: even, 2..65536)");
    }
    return new RealFft(size, Simd.fft());
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
    int half = size / 2;
    steps.split(signal, offset, half, re, im);
    if (transform(re, im, workRe, workIm)) {
      steps.unfold(half, turnsRe, turnsIm, workRe, workIm, real, imaginary);
    } else {
      steps.unfold(half, turnsRe, turnsIm, re, im, real, imaginary);
    }
  }

  /** The signal of a spectrum, scaled so that it undoes {@link #forward}. */
  public void inverse(float[] real, float[] imaginary, float[] signal, int offset) {
    int half = size / 2;
    steps.fold(half, 1f / size, turnsRe, turnsIm, real, imaginary, re, im);
    // With real and imaginary parts exchanged the transform runs backwards.
    if (transform(im, re, workIm, workRe)) {
      steps.join(workRe, workIm, half, signal, offset);
    } else {
      steps.join(re, im, half, signal, offset);
    }
  }

  /** True if the result lies in the second pair of arrays, false if in the first. */
  private boolean transform(float[] xr, float[] xi, float[] yr, float[] yi) {
    boolean moved = false;
    for (FftStage stage : stages) {
      if (moved) {
        steps.stage(stage, yr, yi, xr, xi);
      } else {
        steps.stage(stage, xr, xi, yr, yi);
      }
      moved = !moved;
    }
    return moved;
  }
}
