package dev.parley.hub.bench.process;

/** The benchmark cannot go on; the message is for the person who started it. */
public final class BenchFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  public BenchFailure(String message) {
    super(message);
  }

  public BenchFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
