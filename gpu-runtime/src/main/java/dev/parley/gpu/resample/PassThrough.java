package dev.parley.gpu.resample;

/** Equal rates: what goes in comes out. */
final class PassThrough implements Chain {

  private final float[] results = new float[4096];

  @Override
  public int chunk() {
    return results.length;
  }

  @Override
  public int process(float[] in, int inOffset, int length) {
    System.arraycopy(in, inOffset, results, 0, length);
    return length;
  }

  @Override
  public float[] results() {
    return results;
  }

  @Override
  public void reset() {}
}
