package dev.parley.gpu.graph;

import java.util.Arrays;

/** Runs of values copied to scattered places. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Scatter(Source from, int[] reads, int[] writes, int[] lengths) implements Step {

  /** Pieces of one length, one after the other where they are read, joined where they meet. */
  static Scatter of(Source from, int to, int[] starts, int piece) {
    int[] reads = new int[starts.length];
    int[] writes = new int[starts.length];
    int[] lengths = new int[starts.length];
    int runs = 0;
    for (int i = 0; i < starts.length; i++) {
      int write = to + starts[i];
      if (runs > 0 && writes[runs - 1] + lengths[runs - 1] == write) {
        lengths[runs - 1] += piece;
      } else {
        reads[runs] = from.at() + i * piece;
        writes[runs] = write;
        lengths[runs++] = piece;
      }
    }
    return new Scatter(
        from,
        Arrays.copyOf(reads, runs),
        Arrays.copyOf(writes, runs),
        Arrays.copyOf(lengths, runs));
  }

  @Override
  public void run(float[] values) {
    float[] in = from.in(values);
    for (int i = 0; i < reads.length; i++) {
      System.arraycopy(in, reads[i], values, writes[i], lengths[i]);
    }
  }
}
