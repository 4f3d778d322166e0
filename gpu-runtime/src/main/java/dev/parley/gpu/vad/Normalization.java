package dev.parley.gpu.vad;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Means and deviations of features, from the sums that Kaldi keeps: a binary matrix of doubles with
 * two rows, the sums and the sums of squares, each followed by the count and by nothing of use.
 */
final class Normalization {

  private final float[] means;
  private final float[] scales;

  private Normalization(float[] means, float[] scales) {
    this.means = means;
    this.scales = scales;
  }

  /**
   * Reads a Kaldi file.
   *
   * @throws IllegalArgumentException when it is none, or not of {@code width} features
   */
  static Normalization read(byte[] cmvn, int width) {
    String text = new String(cmvn, StandardCharsets.ISO_8859_1);
    int matrix = text.indexOf("BDM ");
    if (matrix < 0) {
      throw new IllegalArgumentException(
          "cmvn: no binary matrix of doubles (expected: what Kaldi writes as CMVN statistics)");
    }
    ByteBuffer in = ByteBuffer.wrap(cmvn).order(ByteOrder.LITTLE_ENDIAN).position(matrix + 4);
    try {
      int rows = size(in);
      int columns = size(in);
      if (rows != 2 || columns != width + 1) {
        throw new IllegalArgumentException(
            "cmvn: " + rows + " x " + columns + " (expected: 2 x " + (width + 1) + ")");
      }
      double[] sums = doubles(in, columns);
      double[] squares = doubles(in, columns);
      return of(sums, squares, width);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("cmvn: ends too early, at byte " + cmvn.length, e);
    }
  }

  private static Normalization of(double[] sums, double[] squares, int width) {
    double count = sums[width];
    float[] means = new float[width];
    float[] scales = new float[width];
    for (int i = 0; i < width; i++) {
      double mean = sums[i] / count;
      means[i] = (float) mean;
      scales[i] = (float) (1 / Math.sqrt(Math.max(squares[i] / count - mean * mean, 1e-20)));
    }
    return new Normalization(means, scales);
  }

  /**
   * Brings a frame of features to mean 0 and deviation 1, in place. What is no number becomes the
   * mean, as a network that remembers would never recover from it.
   */
  void apply(float[] features, int offset) {
    for (int i = 0; i < means.length; i++) {
      float scaled = (features[offset + i] - means[i]) * scales[i];
      features[offset + i] = Float.isFinite(scaled) ? scaled : 0;
    }
  }

  private static int size(ByteBuffer in) {
    in.get(); // How many bytes follow: always 4.
    return in.getInt();
  }

  private static double[] doubles(ByteBuffer in, int count) {
    double[] read = new double[count];
    for (int i = 0; i < count; i++) {
      read[i] = in.getDouble();
    }
    return read;
  }
}
