package dev.parley.gpu.graph;

/**
 * A walk over several operands of one shape at once: rows of equal length, for each operand where
 * the rows start and the step within a row. Neighbouring dimensions are merged where all operands
 * allow it, so that rows are as long as can be.
 */
final class Walk {

  private final int[][] starts;
  private final int[] steps;
  private final int length;

  private Walk(int[][] starts, int[] steps, int length) {
    this.starts = starts;
    this.steps = steps;
    this.length = length;
  }

  /** Values of a row. */
  int length() {
    return length;
  }

  /** From one value of a row to the next. */
  int step(int operand) {
    return steps[operand];
  }

  /** Where the rows start, relative to the operand's first value. */
  int[] starts(int operand) {
    return starts[operand];
  }

  static Walk over(int[] dims, int[]... strides) {
    int[] sizes = new int[dims.length];
    int[][] merged = new int[strides.length][dims.length];
    int rank = 0;
    for (int d = 0; d < dims.length; d++) {
      if (dims[d] == 1) {
        continue;
      }
      boolean joins = rank > 0;
      for (int o = 0; o < strides.length && joins; o++) {
        joins = merged[o][rank - 1] == (long) strides[o][d] * dims[d];
      }
      if (joins) {
        sizes[rank - 1] *= dims[d];
        rank--;
      } else {
        sizes[rank] = dims[d];
      }
      for (int o = 0; o < strides.length; o++) {
        merged[o][rank] = strides[o][d];
      }
      rank++;
    }
    int length = rank == 0 ? 1 : sizes[rank - 1];
    int rows = Tensor.count(dims) == 0 ? 0 : 1;
    for (int d = 0; d < rank - 1; d++) {
      rows *= sizes[d];
    }
    int[][] starts = new int[strides.length][rows];
    int[] steps = new int[strides.length];
    for (int o = 0; o < strides.length; o++) {
      steps[o] = rank == 0 ? 1 : merged[o][rank - 1];
      fill(starts[o], sizes, merged[o], rank - 1);
    }
    return new Walk(starts, steps, length);
  }

  private static void fill(int[] starts, int[] sizes, int[] strides, int rank) {
    int[] index = new int[Math.max(rank, 0)];
    int at = 0;
    for (int row = 0; row < starts.length; row++) {
      starts[row] = at;
      for (int d = rank - 1; d >= 0; d--) {
        at += strides[d];
        if (++index[d] < sizes[d]) {
          break;
        }
        at -= strides[d] * sizes[d];
        index[d] = 0;
      }
    }
  }
}
