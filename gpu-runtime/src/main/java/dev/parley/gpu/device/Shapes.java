package dev.parley.gpu.device;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The shape of one kind of call: every float input, every whole-number scalar with its value, and
 * the outputs that are wanted. Built by chaining; immutable once bound.
 */
public final class Shapes {

  private final Map<String, long[]> inputs = new LinkedHashMap<>();
  private final Map<String, long[]> outputs = new LinkedHashMap<>();
  private final Map<String, Long> scalars = new LinkedHashMap<>();

  /** A float32 input with its dimensions. */
  public Shapes in(String name, long... dimensions) {
    inputs.put(name, dimensions.clone());
    return this;
  }

  /** An int64 input without dimensions that is the same in every run. */
  public Shapes scalar(String name, long value) {
    scalars.put(name, value);
    return this;
  }

  /** A float32 output that is wanted, with its dimensions. */
  public Shapes out(String name, long... dimensions) {
    outputs.put(name, dimensions.clone());
    return this;
  }

  /** Float32 inputs by name, in the order they were given. */
  public Map<String, long[]> inputs() {
    return inputs;
  }

  /** Outputs by name, in the order they were given. */
  public Map<String, long[]> outputs() {
    return outputs;
  }

  /** Int64 scalars by name. */
  public Map<String, Long> scalars() {
    return scalars;
  }

  /** How many values a tensor of these dimensions has. */
  public static int count(long[] dimensions) {
    long count = 1;
    for (long dimension : dimensions) {
      count = Math.multiplyExact(count, dimension);
    }
    return Math.toIntExact(count);
  }
}
