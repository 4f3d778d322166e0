package dev.parley.gpu.device;

import java.nio.FloatBuffer;

/**
 * The buffers of one caller of a network, used again with every run. For one thread at a time; the
 * buffers live until {@link #close}. A run allocates little or nothing.
 */
public interface Binding extends AutoCloseable {

  /**
   * Values of an input in row-major order; what is written stays until it is overwritten. Use
   * absolute gets and puts, or leave position and limit as they were.
   */
  FloatBuffer input(String name);

  /** Values of an output after {@link #run}, in row-major order; overwritten by the next one. */
  FloatBuffer output(String name);

  /**
   * Computes the outputs from the inputs.
   *
   * @throws ModelFailedException when the device fails
   */
  void run();

  @Override
  void close();
}
