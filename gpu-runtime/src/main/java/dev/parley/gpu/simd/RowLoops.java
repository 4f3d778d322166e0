package dev.parley.gpu.simd;

/** The loops of small networks over rows of 32-bit floats. Without state: for any thread. */
public interface RowLoops {

  /**
   * Weighted sums of rows: {@code out[r][j] = start + sum over p of w[r][p] * x[rows[p] + j]} for
   * {@code m} rows of {@code n} values, where {@code start} is {@code s[sAt + r * sRow + j *
   * sColumn]}. Products of matrices and convolutions both are this.
   *
   * @param wStride from one row of weights to the next
   * @param xAt added to every place in {@code rows}
   * @param sRow 1 for a start for each row, or 0
   * @param sColumn 1 for a start for each column, or 0
   * @param outStride from one row of results to the next; results lie apart from what is read
   */
  void weigh(
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
      int n);

  /** Hyperbolic tangent of each value, where it lies, within 4e-7. */
  void tanh(float[] values, int at, int count);

  /** The logistic function of each value, where it lies, within 4e-7. */
  void sigmoid(float[] values, int at, int count);

  /**
   * {@code out = a + b}, value by value. {@code bStep} is 1, or 0 for one value of b for all; out
   * lies apart from both.
   */
  void add(float[] a, int aAt, float[] b, int bAt, int bStep, float[] out, int outAt, int n);

  /**
   * {@code out = a * b}, value by value. {@code bStep} is 1, or 0 for one value of b for all; out
   * lies apart from both.
   */
  void multiply(float[] a, int aAt, float[] b, int bAt, int bStep, float[] out, int outAt, int n);

  /**
   * {@code out = a} where {@code a} is above 0, else {@code a * b}. {@code bStep} is 1, or 0 for
   * one value of b for all; out lies apart from both.
   */
  void leak(float[] a, int aAt, float[] b, int bAt, int bStep, float[] out, int outAt, int n);
}
