package dev.parley.gpu.simd;

/**
 * The loops of a real transform of 32-bit floats, on complex values held as one array of real and
 * one of imaginary parts. Inputs and outputs never share an array. Without state: for any thread.
 */
public interface FftSteps {

  /** Takes {@code 2 * count} samples apart: those at even places to {@code re}, others to im. */
  void split(float[] in, int offset, int count, float[] re, float[] im);

  /** Undoes {@link #split}. */
  void join(float[] re, float[] im, int count, float[] out, int offset);

  /** One stage: radix 2, 3, 4, 5 or 8. */
  void stage(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi);

  /**
   * From the transform of samples taken in pairs ({@code half} values) to the spectrum of the
   * samples themselves ({@code half + 1} bins). {@code wr, wi} hold the turns {@code -pi k / half}.
   */
  void unfold(
      int half, float[] wr, float[] wi, float[] zr, float[] zi, float[] real, float[] imaginary);

  /** Undoes {@link #unfold}, times {@code 2 * scale}. */
  void fold(
      int half,
      float scale,
      float[] wr,
      float[] wi,
      float[] real,
      float[] imaginary,
      float[] zr,
      float[] zi);
}
