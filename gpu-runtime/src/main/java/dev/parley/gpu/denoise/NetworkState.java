package dev.parley.gpu.denoise;

import dev.parley.gpu.device.Binding;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** A tensor that a network hands to itself from one step to the next. */
final class NetworkState {

  /** Numbers closer to zero than this say nothing, and slow a processor down many times. */
  private static final float TINY = 1e-30f;

  private final FloatBuffer before;
  private final FloatBuffer after;
  private final float[] values;

  NetworkState(Binding binding, String before, String after) {
    this.before = binding.input(before);
    this.after = binding.output(after);
    this.values = new float[this.before.capacity()];
  }

  /** What the last step left becomes what the next one starts from. */
  void carry() {
    after.get(0, values);
    for (int i = 0; i < values.length; i++) {
      float value = values[i];
      values[i] = Math.abs(value) < TINY ? 0 : value;
    }
    before.put(0, values);
  }

  /** Back to the zeros of a new signal. */
  void reset() {
    Arrays.fill(values, 0);
    before.put(0, values);
  }
}
