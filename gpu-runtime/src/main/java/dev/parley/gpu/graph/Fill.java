package dev.parley.gpu.graph;

import java.util.Arrays;

/** Rows of values, each filled with one value of its own. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Fill(int at, int stride, int length, float[] with) implements Step {

  @Override
  public void run(float[] values) {
    for (int row = 0; row < with.length; row++) {
      int start = at + row * stride;
      Arrays.fill(values, start, start + length, with[row]);
    }
  }
}
