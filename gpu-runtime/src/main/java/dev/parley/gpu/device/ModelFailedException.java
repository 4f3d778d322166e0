package dev.parley.gpu.device;

/** A network could not be loaded or run; the message says which one and what the runtime said. */
public final class ModelFailedException extends RuntimeException {

  public ModelFailedException(String message) {
    super(message);
  }

  public ModelFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
