package dev.parley.gpu.graph;

/**
 * A product with a matrix of mostly zeros: {@code out[m][n] = sum of a[m][rows[i]] * factors[i]}
 * for {@code i} from {@code starts[n]} to {@code starts[n + 1]}.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record SparseColumns(
    Source from, int stride, int count, int to, int[] starts, int[] rows, float[] factors)
    implements Step {

  @Override
  public void run(float[] values) {
    float[] in = from.in(values);
    int columns = starts.length - 1;
    for (int m = 0; m < count; m++) {
      int read = from.at() + m * stride;
      int write = to + m * columns;
      for (int n = 0; n < columns; n++) {
        float sum = 0;
        for (int i = starts[n]; i < starts[n + 1]; i++) {
          sum += in[read + rows[i]] * factors[i];
        }
        values[write + n] = sum;
      }
    }
  }
}
