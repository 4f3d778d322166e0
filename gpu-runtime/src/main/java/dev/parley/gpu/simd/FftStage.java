package dev.parley.gpu.simd;

/**
 * One stage of a Stockham transform over columns. Value {@code q} of part {@code j} of group {@code
 * p} is read at {@code q + stride * (p + groups * j)}; frequency {@code k} of the group is written
 * at {@code q + stride * (radix * p + k)}. {@code twiddles} holds, for each group and each
 * frequency from 1, cosine and sine of the turn {@code -2 pi p k / (radix * groups)}.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the loops read the array in place.
public record FftStage(int radix, int stride, int groups, float[] twiddles) {

  /** The stage with its twiddles worked out. */
  public static FftStage of(int radix, int stride, int groups) {
    float[] twiddles = new float[groups * (radix - 1) * 2];
    int at = 0;
    for (int p = 0; p < groups; p++) {
      for (int k = 1; k < radix; k++) {
        double angle = -2 * Math.PI * p * k / ((double) radix * groups);
        twiddles[at++] = (float) Math.cos(angle);
        twiddles[at++] = (float) Math.sin(angle);
      }
    }
    return new FftStage(radix, stride, groups, twiddles);
  }
}
