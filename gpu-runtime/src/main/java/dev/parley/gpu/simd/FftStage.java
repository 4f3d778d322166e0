package dev.parley.gpu.simd;

/**
 * One stage of a Stockham transform over columns. Value {@code q} of part {@code j} of group {@code
 * p} is read at {@code q + stride * (p + groups * j)}; frequency {@code k} of the group is written
 * at {@code q + stride * (radix * p + k)}, turned by {@code -2 pi p k / (radix * groups)}.
 *
 * @param twiddles for each group and each frequency from 1, cosine and sine of its turn
 * @param lanes the same for loops over groups and columns at once: for each frequency from 1 all
 *     cosines, then all sines; empty where the stride is wide enough for loops over columns
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the loops read the arrays in place.
public record FftStage(int radix, int stride, int groups, float[] twiddles, float[] lanes) {

  /** Columns of this many values fill every vector that machines have. */
  private static final int WIDE = 16;

  /** The stage with its twiddles worked out. */
  public static FftStage of(int radix, int stride, int groups) {
    int part = stride * groups;
    float[] twiddles = new float[groups * (radix - 1) * 2];
    float[] lanes = new float[stride < WIDE ? part * (radix - 1) * 2 : 0];
    for (int p = 0; p < groups; p++) {
      for (int k = 1; k < radix; k++) {
        double angle = -2 * Math.PI * p * k / ((double) radix * groups);
        int at = (p * (radix - 1) + k - 1) * 2;
        twiddles[at] = (float) Math.cos(angle);
        twiddles[at + 1] = (float) Math.sin(angle);
        for (int q = 0; q < stride && lanes.length > 0; q++) {
          int lane = 2 * (k - 1) * part + stride * p + q;
          lanes[lane] = twiddles[at];
          lanes[lane + part] = twiddles[at + 1];
        }
      }
    }
    return new FftStage(radix, stride, groups, twiddles, lanes);
  }
}
