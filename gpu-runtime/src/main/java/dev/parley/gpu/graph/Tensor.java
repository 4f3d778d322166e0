package dev.parley.gpu.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values that are known before a run: floats, or whole numbers (which also stand for truth values).
 * Exactly one of the two arrays is there, in row-major order.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Tensor(int[] dims, float @Nullable [] floats, long @Nullable [] integers) {

  /** Most values of one tensor: 256 MiB of floats. */
  static final int COUNT_MAX = 1 << 26;

  Tensor {
    int count = count(dims);
    int held = floats != null ? floats.length : integers == null ? -1 : integers.length;
    if (count != held) {
      throw new Malformed("a tensor of " + Arrays.toString(dims) + " with " + held + " values");
    }
  }

  static Tensor of(int[] dims, float... floats) {
    return new Tensor(dims, floats, null);
  }

  static Tensor of(int[] dims, long... integers) {
    return new Tensor(dims, null, integers);
  }

  /** How many values dimensions make, at most {@link #COUNT_MAX}. */
  static int count(int[] dims) {
    long count = 1;
    for (int dim : dims) {
      if (dim < 0) {
        throw new Malformed("a dimension of " + dim);
      }
      count *= dim;
      if (count > COUNT_MAX) {
        throw new Malformed("a tensor of " + Arrays.toString(dims) + " is too large");
      }
    }
    return (int) count;
  }

  /** The whole numbers, where they must be such. */
  long[] whole(String what) {
    if (integers == null) {
      throw new Malformed(what + " is not of whole numbers");
    }
    return integers;
  }

  /** The floats, where they must be such. */
  float[] real(String what) {
    if (floats == null) {
      throw new Malformed(what + " is not of floats");
    }
    return floats;
  }
}
