package dev.parley.gpu.device;

/**
 * A place that computes. {@code index} is the number of a GPU as its driver counts, 0 for a CPU.
 */
public record Device(Kind kind, int index) {

  /** The processor that the program itself runs on. */
  public static final Device CPU = new Device(Kind.CPU, 0);

  /** What sort of place it is. */
  public enum Kind {
    CPU,
    CUDA
  }

  public Device {
    if (index < 0) {
      throw new IllegalArgumentException("index: " + index + " (expected: 0 or more)");
    }
  }

  @Override
  public String toString() {
    return kind == Kind.CPU ? "cpu" : "cuda:" + index;
  }
}
