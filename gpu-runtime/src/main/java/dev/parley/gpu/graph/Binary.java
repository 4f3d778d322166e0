package dev.parley.gpu.graph;

import dev.parley.gpu.simd.RowLoops;
import dev.parley.gpu.simd.Simd;

/** Two operands, value by value; a step of 0 repeats one value along a row. */
record Binary(Kind kind, Source left, Source right, int to, Walk walk) implements Step {

  enum Kind {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    /** The left one where it is above 0, else its product with the right one. */
    PRELU
  }

  @Override
  public void run(float[] values) {
    float[] a = left.in(values);
    float[] b = right.in(values);
    int[] lefts = walk.starts(0);
    int[] rights = walk.starts(1);
    int[] writes = walk.starts(2);
    int n = walk.length();
    boolean inRows = walk.step(0) == 1 && (walk.step(1) == 1 || walk.step(1) == 0);
    RowLoops loops = Simd.rows();
    for (int row = 0; row < writes.length; row++) {
      int i = left.at() + lefts[row];
      int j = right.at() + rights[row];
      int o = to + writes[row];
      if (!inRows) {
        any(a, i, walk.step(0), b, j, walk.step(1), values, o, n);
        continue;
      }
      switch (kind) {
        case ADD -> loops.add(a, i, b, j, walk.step(1), values, o, n);
        case MULTIPLY -> loops.multiply(a, i, b, j, walk.step(1), values, o, n);
        case PRELU -> loops.leak(a, i, b, j, walk.step(1), values, o, n);
        case SUBTRACT, DIVIDE -> any(a, i, 1, b, j, walk.step(1), values, o, n);
      }
    }
  }

  private void any(
      float[] a, int i, int aStep, float[] b, int j, int bStep, float[] out, int o, int n) {
    switch (kind) {
      case ADD -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = a[i + k * aStep] + b[j + k * bStep];
        }
      }
      case SUBTRACT -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = a[i + k * aStep] - b[j + k * bStep];
        }
      }
      case MULTIPLY -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = a[i + k * aStep] * b[j + k * bStep];
        }
      }
      case DIVIDE -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = a[i + k * aStep] / b[j + k * bStep];
        }
      }
      case PRELU -> {
        for (int k = 0; k < n; k++) {
          float x = a[i + k * aStep];
          out[o + k] = Math.max(x, 0f) + b[j + k * bStep] * Math.min(x, 0f);
        }
      }
    }
  }
}
