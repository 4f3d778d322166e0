package dev.parley.gpu.vad;

/**
 * Signals that are advanced by a chunk each in one run of a network, which costs less than a run
 * for each. For one thread at a time; runs allocate little or nothing.
 */
public interface ChunkBatch extends AutoCloseable {

  /** Most rows of one run. */
  int rowsMax();

  /**
   * A new signal. It takes memory, but no place in the batch while it is not run. May be called by
   * any thread, while another one runs the batch, too.
   */
  Row open();

  /**
   * Advances the first {@code count} rows of {@code rows}, all different, by the chunk that each
   * holds.
   *
   * @throws dev.parley.gpu.device.ModelFailedException when the device fails; the rows are then
   *     where they were, or useless
   */
  void run(Row[] rows, int count);

  /** Frees the buffers; rows need no closing. */
  @Override
  void close();

  /** One signal: what it remembers, and its next chunk. */
  interface Row {

    /** The samples of the next chunk, full scale 1: to be filled before each run. */
    float[] chunk();

    /** Whether the last run gave a probability; a detector with a delay gives none at first. */
    boolean ready();

    /** The probability that the last run gave, for the oldest chunk that had none. */
    float probability();
  }
}
