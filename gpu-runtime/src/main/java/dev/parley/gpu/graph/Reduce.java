package dev.parley.gpu.graph;

import java.util.Arrays;

/**
 * Sums along some dimensions, times a factor. The walk steps through what is read and, with a step
 * of 0 along what is summed, through what is written.
 */
record Reduce(Source from, int to, int count, float factor, Walk walk) implements Step {

  @Override
  public void run(float[] values) {
    float[] in = from.in(values);
    Arrays.fill(values, to, to + count, 0);
    int[] reads = walk.starts(0);
    int[] writes = walk.starts(1);
    int length = walk.length();
    int readStep = walk.step(0);
    int writeStep = walk.step(1);
    for (int row = 0; row < reads.length; row++) {
      int read = from.at() + reads[row];
      int write = to + writes[row];
      if (writeStep == 0 && readStep == 1) {
        values[write] += Loops.sum(in, read, length);
      } else if (writeStep == 1 && readStep == 1) {
        for (int i = 0; i < length; i++) {
          values[write + i] += in[read + i];
        }
      } else {
        for (int i = 0; i < length; i++) {
          values[write + i * writeStep] += in[read + i * readStep];
        }
      }
    }
    for (int i = to; i < to + count; i++) {
      values[i] *= factor;
    }
  }
}
