package dev.parley.testkit.content;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Random;

/** Embeddings that depend on the text and the size alone: unit vectors, equal for equal texts. */
public final class Vectors {
  /** The size when the caller asks for none. */
  public static final int DEFAULT_DIMENSIONS = 8;

  private Vectors() {}

  /** The vector of a text. */
  public static float[] of(String text, int dimensions) {
    var random = new Random(text.hashCode());
    var raw = new double[dimensions];
    var squares = 0.0;
    for (var i = 0; i < dimensions; i++) {
      raw[i] = random.nextDouble() * 2 - 1;
      squares += raw[i] * raw[i];
    }
    var unit = new float[dimensions];
    for (var i = 0; i < dimensions; i++) {
      unit[i] = (float) (raw[i] / Math.sqrt(squares));
    }
    return unit;
  }

  /** Base64 of the little-endian float32 values. */
  public static String base64(float[] vector) {
    var bytes = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (var value : vector) {
      bytes.putFloat(value);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
