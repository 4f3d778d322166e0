package dev.parley.gpu.graph;

import dev.parley.gpu.simd.Simd;

/** Copies values, then changes each where it lies. */
record Unary(Kind kind, Copy copy, int at, int count) implements Step {

  /** What is done to each value. */
  sealed interface Kind {}

  record Root() implements Kind {}

  record Logarithm() implements Kind {}

  record Exponential() implements Kind {}

  record Sigmoid() implements Kind {}

  record Tanh() implements Kind {}

  record Clip(float low, float high) implements Kind {}

  @Override
  public void run(float[] values) {
    copy.run(values);
    int end = at + count;
    switch (kind) {
      case Root() -> {
        for (int i = at; i < end; i++) {
          values[i] = (float) Math.sqrt(values[i]);
        }
      }
      case Logarithm() -> {
        for (int i = at; i < end; i++) {
          values[i] = (float) Math.log(values[i]);
        }
      }
      case Exponential() -> {
        for (int i = at; i < end; i++) {
          values[i] = (float) Math.exp(values[i]);
        }
      }
      case Sigmoid() -> Simd.rows().sigmoid(values, at, count);
      case Tanh() -> Simd.rows().tanh(values, at, count);
      case Clip(float low, float high) -> {
        for (int i = at; i < end; i++) {
          values[i] = Math.min(high, Math.max(low, values[i]));
        }
      }
    }
  }
}
