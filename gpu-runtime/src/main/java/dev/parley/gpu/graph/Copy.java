package dev.parley.gpu.graph;

/** Moves values from one walk to another. */
record Copy(Source from, int to, Walk walk) implements Step {

  @Override
  public void run(float[] values) {
    float[] in = from.in(values);
    int[] reads = walk.starts(0);
    int[] writes = walk.starts(1);
    int length = walk.length();
    int readStep = walk.step(0);
    int writeStep = walk.step(1);
    for (int row = 0; row < reads.length; row++) {
      int read = from.at() + reads[row];
      int write = to + writes[row];
      if (readStep == 1 && writeStep == 1 && length >= 16) {
        System.arraycopy(in, read, values, write, length);
      } else {
        for (int i = 0; i < length; i++) {
          values[write + i * writeStep] = in[read + i * readStep];
        }
      }
    }
  }
}
