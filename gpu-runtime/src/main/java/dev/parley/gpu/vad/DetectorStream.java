package dev.parley.gpu.vad;

/**
 * One signal on its way through a detector. Any split of the input gives the same probabilities, to
 * the last bit. For one thread at a time. Calls allocate nothing.
 */
public interface DetectorStream extends AutoCloseable {

  /** Most probabilities that {@link #process} may write for {@code length} samples. */
  int outputMax(int length);

  /**
   * Takes {@code length} samples, full scale 1, and writes the probabilities that became known.
   *
   * @return how many were written, 0 to {@link #outputMax}
   */
  int process(float[] in, int inOffset, int length, float[] out, int outOffset);

  /** Most that {@link #finish} may write. */
  int finishMax();

  /**
   * Writes what is left, so that there is one value for each chunk: zeros follow a last, shorter
   * chunk, and a chunk that was not heard far enough has the value of the one before. Nothing may
   * follow but {@link #close}.
   *
   * @return how many were written
   */
  int finish(float[] out, int outOffset);

  @Override
  void close();
}
