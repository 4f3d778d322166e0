package dev.parley.gpu.denoise;

/**
 * One signal on its way through a denoiser. What comes out is aligned with what goes in: the delay
 * is taken off at the start, and after {@link #finish} exactly as many samples came out as went in.
 * Any split of the input gives the same output. For one thread at a time.
 */
public interface DenoiseStream extends AutoCloseable {

  /** Most that {@link #process} may write for {@code length} samples. */
  int outputMax(int length);

  /**
   * Takes {@code length} samples, full scale 1, and writes what is ready.
   *
   * @return how many samples were written, 0 to {@link #outputMax}
   */
  int process(float[] in, int inOffset, int length, float[] out, int outOffset);

  /** Most that {@link #finish} may write. */
  int finishMax();

  /** Writes what is left; nothing may follow but {@link #close}. */
  int finish(float[] out, int outOffset);

  @Override
  void close();
}
