package dev.parley.gpu.graph;

import java.util.List;

/** Calls of {@link Loops#addRows}, one after the other. */
record WeightedRows(Source weights, Source x, int to, List<Call> calls) implements Step {

  /**
   * One call; places are relative to those of the step.
   *
   * @param rows where each row of {@code x} starts
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Call(
      int weightsAt, int weightsStride, int count, int[] rows, int at, int stride, int length) {}

  @Override
  public void run(float[] values) {
    float[] w = weights.in(values);
    float[] in = x.in(values);
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      Loops.addRows(
          w,
          weights.at() + call.weightsAt,
          call.weightsStride,
          call.count,
          in,
          x.at(),
          call.rows,
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
