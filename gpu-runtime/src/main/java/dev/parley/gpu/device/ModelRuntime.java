package dev.parley.gpu.device;

/** Loads networks onto a device. Thread-safe. Nothing native is touched before the first load. */
public interface ModelRuntime extends AutoCloseable {

  /**
   * Loads a network from the bytes of its ONNX file; the bytes are not kept. Takes tens of
   * milliseconds, the first one up to seconds: not for an event loop.
   *
   * @throws ModelFailedException when it is no network that this runtime knows, or the runtime does
   *     not run on this machine
   */
  Model load(String name, byte[] onnx);

  /** What is loaded, where, and what it has done. */
  RuntimeStatus status();

  /** Closes the models that are still open. */
  @Override
  void close();
}
