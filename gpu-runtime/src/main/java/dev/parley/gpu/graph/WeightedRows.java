package dev.parley.gpu.graph;

import dev.parley.gpu.simd.RowLoops;
import dev.parley.gpu.simd.Simd;
import java.util.List;

/** Calls of {@link RowLoops#weigh}, one after the other. */
record WeightedRows(Source weights, Source x, Start start, int to, List<Call> calls)
    implements Step {

  /** What sums start from: one value for each row, or for each column, or zero for all. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Start(float[] values, int row, int column) {

    static final Start ZERO = new Start(new float[1], 0, 0);

    static Start rows(float[] values) {
      return new Start(values, 1, 0);
    }

    static Start columns(float[] values) {
      return new Start(values, 0, 1);
    }
  }

  /**
   * One call; places are relative to those of the step.
   *
   * @param rows where each row of {@code x} starts
   * @param startAt place of its first start
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Call(
      int weightsAt,
      int weightsStride,
      int count,
      int[] rows,
      int startAt,
      int at,
      int stride,
      int length) {}

  @Override
  public void run(float[] values) {
    float[] w = weights.in(values);
    float[] in = x.in(values);
    RowLoops loops = Simd.rows();
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      loops.weigh(
          w,
          weights.at() + call.weightsAt,
          call.weightsStride,
          call.count,
          in,
          x.at(),
          call.rows,
          start.values,
          call.startAt,
          start.row,
          start.column,
          values,
          to + call.at,
          call.stride,
          call.length);
    }
  }

  /** Places of {@code count} rows, one every {@code stride}. */
  static int[] evenly(int start, int stride, int count) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = start + i * stride;
    }
    return rows;
  }
}
