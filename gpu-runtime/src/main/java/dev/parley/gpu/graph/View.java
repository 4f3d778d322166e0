package dev.parley.gpu.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values of a plan with their shape: a walk over a buffer, or over constants. Slices,
 * transpositions and the like are other views of the same values and cost nothing. Whole numbers
 * are always constants, in {@link #integers}.
 *
 * @param buffer where the values lie in a run, or null
 * @param floats constant values, or null
 * @param integers constant whole numbers in row-major order, or null
 * @param offset of the first value
 * @param strides what to add for the next value of each dimension
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record View(
    @Nullable Buffer buffer,
    float @Nullable [] floats,
    long @Nullable [] integers,
    int offset,
    int[] dims,
    int[] strides) {

  static View of(Buffer buffer, int... dims) {
    return new View(buffer, null, null, 0, dims, rowMajor(dims));
  }

  static View of(Tensor tensor) {
    return new View(
        null, tensor.floats(), tensor.integers(), 0, tensor.dims(), rowMajor(tensor.dims()));
  }

  static int[] rowMajor(int[] dims) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }

  int rank() {
    return dims.length;
  }

  int count() {
    return Tensor.count(dims);
  }

  boolean constant() {
    return buffer == null;
  }

  /** Other walk over the same values. */
  View with(int newOffset, int[] newDims, int[] newStrides) {
    return new View(buffer, floats, integers, newOffset, newDims, newStrides);
  }

  /** Whether the values lie one after the other in row-major order. */
  boolean contiguous() {
    int expected = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      if (dims[i] != 1 && strides[i] != expected) {
        return false;
      }
      expected *= dims[i];
    }
    return true;
  }

  /** Contiguous, and the whole of its buffer. */
  boolean whole() {
    return buffer != null && offset == 0 && contiguous() && count() == buffer.size;
  }

  /** An axis that may be counted from the end. */
  int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new Malformed("axis " + axis + " of " + Arrays.toString(dims));
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  int axis(long axis) {
    return axis(axis, rank());
  }

  /** As many values as are asked for along one axis, from a start, with a step. */
  View slice(int axis, int start, int count, int step) {
    int[] newDims = dims.clone();
    int[] newStrides = strides.clone();
    newDims[axis] = count;
    newStrides[axis] = strides[axis] * step;
    return with(offset + (count == 0 ? 0 : start * strides[axis]), newDims, newStrides);
  }

  /** Without one axis, at one place of it. */
  View at(int axis, int index) {
    if (index < 0 || index >= dims[axis]) {
      throw new Malformed("index " + index + " of " + Arrays.toString(dims));
    }
    View slice = slice(axis, index, 1, 1);
    return slice.with(slice.offset, without(slice.dims, axis), without(slice.strides, axis));
  }

  View transpose(int[] order) {
    int[] newDims = new int[order.length];
    int[] newStrides = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      newDims[i] = dims[order[i]];
      newStrides[i] = strides[order[i]];
    }
    return with(offset, newDims, newStrides);
  }

  View unsqueeze(int axis) {
    int[] newDims = insert(dims, axis, 1);
    return with(offset, newDims, insert(strides, axis, 0));
  }

  View squeeze(int axis) {
    if (dims[axis] != 1) {
      throw new Malformed("axis " + axis + " of " + Arrays.toString(dims) + " is not 1");
    }
    return with(offset, without(dims, axis), without(strides, axis));
  }

  /** Repeated to larger dimensions as operators of two inputs do it. */
  View broadcast(int[] to) {
    int[] newStrides = new int[to.length];
    int lead = to.length - dims.length;
    for (int i = 0; i < to.length; i++) {
      if (i >= lead && dims[i - lead] == to[i]) {
        newStrides[i] = strides[i - lead];
      } else if (i >= lead && dims[i - lead] != 1) {
        throw new Malformed(Arrays.toString(dims) + " does not fit " + Arrays.toString(to));
      }
    }
    return with(offset, to, newStrides);
  }

  /** The same values in other dimensions, or null where they lie too far apart for a view. */
  @Nullable View reshape(int[] to) {
    int[] newStrides = new int[to.length];
    int from = 0;
    int at = 0;
    int[] olds = dims;
    while (from < olds.length || at < to.length) {
      long left = from < olds.length ? olds[from] : 1;
      long right = at < to.length ? to[at] : 1;
      int fromEnd = Math.min(from + 1, olds.length);
      int atEnd = Math.min(at + 1, to.length);
      while (left != right) {
        if (left < right) {
          left *= olds[fromEnd++];
        } else {
          right *= to[atEnd++];
        }
      }
      int stride = 1;
      boolean found = false;
      long expected = 0;
      for (int i = fromEnd - 1; i >= from; i--) {
        if (olds[i] == 1) {
          continue;
        }
        if (!found) {
          stride = strides[i];
          found = true;
        } else if (strides[i] != expected) {
          return null;
        }
        expected = (long) strides[i] * olds[i];
      }
      for (int i = atEnd - 1; i >= at; i--) {
        newStrides[i] = stride;
        stride *= to[i];
      }
      from = fromEnd;
      at = atEnd;
    }
    return with(offset, to, newStrides);
  }

  static int[] broadcastDims(int[] a, int[] b) {
    int[] out = new int[Math.max(a.length, b.length)];
    for (int i = 0; i < out.length; i++) {
      int x = i < out.length - a.length ? 1 : a[i - out.length + a.length];
      int y = i < out.length - b.length ? 1 : b[i - out.length + b.length];
      if (x != y && x != 1 && y != 1) {
        throw new Malformed(Arrays.toString(a) + " does not fit " + Arrays.toString(b));
      }
      out[i] = x == 1 ? y : x;
    }
    return out;
  }

  private static int[] without(int[] values, int index) {
    int[] left = new int[values.length - 1];
    System.arraycopy(values, 0, left, 0, index);
    System.arraycopy(values, index + 1, left, index, left.length - index);
    return left;
  }

  private static int[] insert(int[] values, int index, int value) {
    int[] more = new int[values.length + 1];
    System.arraycopy(values, 0, more, 0, index);
    more[index] = value;
    System.arraycopy(values, index, more, index + 1, values.length - index);
    return more;
  }

  /** The constants in row-major order. */
  float[] realValues() {
    if (floats == null) {
      throw new Malformed("a constant is not of floats");
    }
    float[] values = new float[count()];
    Walk walk = Walk.over(dims, strides);
    int at = 0;
    for (int start : walk.starts(0)) {
      for (int i = 0; i < walk.length(); i++) {
        values[at++] = floats[offset + start + i * walk.step(0)];
      }
    }
    return values;
  }

  long[] wholeValues(String what) {
    if (integers == null) {
      throw new Malformed(what + " is not known before the run");
    }
    long[] values = new long[count()];
    Walk walk = Walk.over(dims, strides);
    int at = 0;
    for (int start : walk.starts(0)) {
      for (int i = 0; i < walk.length(); i++) {
        values[at++] = integers[offset + start + i * walk.step(0)];
      }
    }
    return values;
  }
}
