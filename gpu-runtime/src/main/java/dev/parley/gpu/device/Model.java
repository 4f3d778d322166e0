package dev.parley.gpu.device;

/**
 * A loaded network. Thread-safe: any number of bindings may be made and run at one time. Closing it
 * while a binding runs is a mistake of the caller.
 */
public interface Model extends AutoCloseable {

  /** What it was loaded as. */
  String name();

  /** Where it runs. */
  Device device();

  /**
   * Buffers for calls of one shape, filled with zeros.
   *
   * @throws ModelFailedException when the network has no such inputs or outputs
   */
  Binding bind(Shapes shapes);

  @Override
  void close();
}
