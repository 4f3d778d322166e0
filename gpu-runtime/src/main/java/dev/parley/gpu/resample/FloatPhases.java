package dev.parley.gpu.resample;

/**
 * The coefficients of a stage whose phases hardly repeat: rows at even distances, to be blended by
 * fours with the weights of a cubic through them. The error falls with the fourth power of their
 * number: 256 rows keep it below -180 dB, 1024 below -220 dB.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the loops read the array in place.
record FloatPhases(int phases, int columns, float[] values) {

  static FloatPhases of(StagePlan plan, int phases) {
    LowPass filter = plan.filter();
    int columns = 2 * filter.reach() + 2;
    float[] values = new float[(phases + 3) * columns];
    for (int row = 0; row < phases + 3; row++) {
      // The first row lies one step before phase zero, so it may begin one sample earlier.
      int early = row == 0 ? 0 : row > phases ? 2 : 1;
      double fraction = (row - 1.0) / phases + 1 - early;
      double[] taps = filter.taps(fraction);
      for (int i = 0; i < taps.length; i++) {
        values[row * columns + early + i] = (float) taps[i];
      }
    }
    return new FloatPhases(phases, columns, values);
  }
}
