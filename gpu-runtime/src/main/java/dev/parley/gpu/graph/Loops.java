package dev.parley.gpu.graph;

/** Small loops that need no second form. */
final class Loops {

  private Loops() {}

  /** A sum in four parts: one after the other, additions wait for each other. */
  static float sum(float[] values, int at, int count) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      a += values[at + i];
      b += values[at + i + 1];
      c += values[at + i + 2];
      d += values[at + i + 3];
    }
    for (; i < count; i++) {
      a += values[at + i];
    }
    return a + b + (c + d);
  }
}
