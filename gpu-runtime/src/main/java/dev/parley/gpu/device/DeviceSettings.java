package dev.parley.gpu.device;

/**
 * Which device networks should run on.
 *
 * @param wish what to look for
 * @param index the GPU to use where there are several, from 0
 * @param memoryBytesMax most that networks may take of a GPU's memory; 0 is no limit of ours
 */
public record DeviceSettings(Wish wish, int index, long memoryBytesMax) {

  /** A GPU where one works, else the CPU. */
  public static final DeviceSettings DEFAULT = new DeviceSettings(Wish.AUTO, 0, 0);

  /** What to look for. */
  public enum Wish {
    /** A GPU if the machine has one that works; nothing is said when it has none. */
    AUTO,
    /** The CPU, without a look at GPUs. */
    CPU,
    /** A GPU; when none works the CPU serves, and one line tells why. */
    CUDA
  }

  public DeviceSettings {
    if (index < 0) {
      throw new IllegalArgumentException("index: " + index + " (expected: 0 or more)");
    }
    if (memoryBytesMax < 0) {
      throw new IllegalArgumentException(
          "memoryBytesMax: " + memoryBytesMax + " (expected: 0 or more)");
    }
  }
}
