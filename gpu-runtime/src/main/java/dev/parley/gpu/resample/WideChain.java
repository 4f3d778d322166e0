package dev.parley.gpu.resample;

/** Floats in and out of a chain that works in doubles. */
final class WideChain implements Chain {

  private final DoubleChain chain;
  private final double[] wide;
  private final float[] results;

  WideChain(DoubleChain chain) {
    this.chain = chain;
    this.wide = new double[chain.chunk()];
    this.results = new float[chain.results().length];
  }

  @Override
  public int chunk() {
    return chain.chunk();
  }

  @Override
  public int process(float[] in, int inOffset, int length) {
    for (int i = 0; i < length; i++) {
      wide[i] = in[inOffset + i];
    }
    int count = chain.process(wide, 0, length);
    double[] exact = chain.results();
    for (int i = 0; i < count; i++) {
      results[i] = (float) exact[i];
    }
    return count;
  }

  @Override
  public float[] results() {
    return results;
  }

  @Override
  public void reset() {
    chain.reset();
  }
}
