package dev.parley.gpu.graph;

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
    boolean rows = walk.step(0) == 1 && walk.step(1) == 1;
    boolean single = walk.step(0) == 1 && walk.step(1) == 0;
    for (int row = 0; row < writes.length; row++) {
      int i = left.at() + lefts[row];
      int j = right.at() + rights[row];
      int o = to + writes[row];
      if (rows) {
        rows(a, i, b, j, values, o, n);
      } else if (single) {
        single(a, i, b[j], values, o, n);
      } else {
        any(a, i, walk.step(0), b, j, walk.step(1), values, o, n);
      }
    }
  }

  private void rows(float[] a, int i, float[] b, int j, float[] out, int o, int n) {
    switch (kind) {
      case ADD -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = a[i + k] + b[j + k];
        }
      }
      case SUBTRACT -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = a[i + k] - b[j + k];
        }
      }
      case MULTIPLY -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = a[i + k] * b[j + k];
        }
      }
      case DIVIDE -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = a[i + k] / b[j + k];
        }
      }
      case PRELU -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = Math.max(a[i + k], 0f) + b[j + k] * Math.min(a[i + k], 0f);
        }
      }
    }
  }

  private void single(float[] a, int i, float b, float[] out, int o, int n) {
    switch (kind) {
      case ADD -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = a[i + k] + b;
        }
      }
      case SUBTRACT -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = a[i + k] - b;
        }
      }
      case MULTIPLY -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = a[i + k] * b;
        }
      }
      case DIVIDE -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = a[i + k] / b;
        }
      }
      case PRELU -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = Math.max(a[i + k], 0f) + b * Math.min(a[i + k], 0f);
        }
      }
    }
  }

  private void any(
      float[] a, int i, int aStep, float[] b, int j, int bStep, float[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      float x = a[i + k * aStep];
      float y = b[j + k * bStep];
      out[o + k] =
          switch (kind) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case PRELU -> Math.max(x, 0f) + y * Math.min(x, 0f);
          };
    }
  }
}
