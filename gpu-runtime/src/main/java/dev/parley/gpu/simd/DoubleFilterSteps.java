package dev.parley.gpu.simd;

/**
 * The loops of filters in 64-bit floats. Every result is summed in one order whatever else is
 * worked out beside it, so results do not depend on how work was divided. Without state: for any
 * thread.
 */
public interface DoubleFilterSteps {

  /** Neighbouring results that are worked out together: the rows of a {@link DoubleFilterBlock}. */
  int lanes();

  /**
   * Applies a block of coefficients to {@code count} places of a signal, {@code inStride} apart;
   * results of one place lie side by side, those of the next {@code outStride} further.
   */
  void apply(
      DoubleFilterBlock block,
      double[] in,
      int at,
      int inStride,
      int count,
      double[] out,
      int outAt,
      int outStride);

  /**
   * The sum of {@code in[at + c] * weighted[c]} over {@code length} values, where weighted is the
   * sum of four rows of a table from {@code row} on, each {@code length} long, times its weight.
   */
  double blend(double[] table, int row, int length, double[] weights, double[] in, int at);

  /** The sum of {@code a[i] * b[i]} over {@code length} values. */
  double dot(double[] a, int aAt, double[] b, int bAt, int length);
}
