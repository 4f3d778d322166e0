package dev.parley.gpu.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Products of matrices. */
final class MatrixOperators {

  /** A matrix of constants with fewer values than one in so many is worth leaving zeros out. */
  private static final int SPARSE = 4;

  private MatrixOperators() {}

  static void matMul(Planner plan, Node node) {
    plan.out(node, 0, product(plan, plan.real(node, 0), plan.real(node, 1)));
  }

  private static View product(Planner plan, View left, View right) {
    if (left.rank() < 2 || right.rank() < 2) {
      throw new Malformed("a vector");
    }
    int rows = left.dims()[left.rank() - 2];
    int inner = left.dims()[left.rank() - 1];
    int columns = right.dims()[right.rank() - 1];
    if (right.dims()[right.rank() - 2] != inner) {
      throw new Malformed(Arrays.toString(left.dims()) + " times " + Arrays.toString(right.dims()));
    }
    int[] lead =
        View.broadcastDims(
            Arrays.copyOf(left.dims(), left.rank() - 2),
            Arrays.copyOf(right.dims(), right.rank() - 2));
    int[] dims = with(lead, rows, columns);
    View a = plan.rows(left).broadcast(with(lead, rows, inner));
    View b = plan.rows(right).broadcast(with(lead, inner, columns));
    View out = plan.fresh(dims);
    if (right.rank() == 2) {
      // One matrix for all: the others' rows are one long list where they lie evenly.
      View flat = a.reshape(new int[] {Tensor.count(lead) * rows, inner});
      if (flat != null) {
        if (right.constant() && sparse(plan, flat, right, out)) {
          return out;
        }
        a = flat;
        b = plan.rows(right);
        lead = new int[0];
        rows = flat.dims()[0];
      }
    }
    multiply(plan, a, b, out, lead, rows, inner, columns);
    return out;
  }

  private static void multiply(
      Planner plan, View a, View b, View out, int[] lead, int rows, int inner, int columns) {
    int rank = a.rank();
    int aStride = a.strides()[rank - 2];
    int bStride = b.strides()[rank - 2];
    List<WeightedRows.Call> calls = new ArrayList<>();
    int[] as = places(lead, a.strides());
    int[] bs = places(lead, b.strides());
    for (int i = 0; i < as.length; i++) {
      int[] taken = WeightedRows.evenly(bs[i], bStride, inner);
      calls.add(
          new WeightedRows.Call(
              as[i], aStride, rows, taken, 0, i * rows * columns, columns, columns));
    }
    plan.emit(
        List.of(a, b),
        ShapeOperators.buffers(out),
        () ->
            new WeightedRows(
                plan.source(a),
                plan.source(b),
                WeightedRows.Start.ZERO,
                Planner.place(out),
                calls));
  }

  /** Where each matrix starts, in row-major order of the leading dimensions. */
  private static int[] places(int[] lead, int[] strides) {
    int[] places = new int[Tensor.count(lead)];
    for (int i = 0; i < places.length; i++) {
      int rest = i;
      for (int d = lead.length - 1; d >= 0; d--) {
        places[i] += rest % lead[d] * strides[d];
        rest /= lead[d];
      }
    }
    return places;
  }

  private static boolean sparse(Planner plan, View a, View matrix, View out) {
    int inner = matrix.dims()[0];
    int columns = matrix.dims()[1];
    float[] values = matrix.realValues();
    int count = 0;
    for (float value : values) {
      count += value != 0 ? 1 : 0;
    }
    if (values.length < 1024 || count * SPARSE > values.length) {
      return false;
    }
    int[] starts = new int[columns + 1];
    int[] rows = new int[count];
    float[] factors = new float[count];
    int at = 0;
    for (int n = 0; n < columns; n++) {
      for (int k = 0; k < inner; k++) {
        if (values[k * columns + n] != 0) {
          rows[at] = k;
          factors[at++] = values[k * columns + n];
        }
      }
      starts[n + 1] = at;
    }
    plan.emit(
        List.of(a),
        ShapeOperators.buffers(out),
        () ->
            new SparseColumns(
                plan.source(a),
                a.strides()[0],
                a.dims()[0],
                Planner.place(out),
                starts,
                rows,
                factors));
    return true;
  }

  static void gemm(Planner plan, Node node) {
    if (node.integer("transA", 0) != 0 || node.real("alpha", 1) != 1 || node.real("beta", 1) != 1) {
      throw new Malformed("with factors");
    }
    View right = plan.real(node, 1);
    if (node.integer("transB", 0) != 0) {
      right = right.transpose(new int[] {1, 0});
    }
    View out = product(plan, plan.real(node, 0), right);
    if (node.has(2)) {
      out = ElementOperators.binary(plan, out, plan.real(node, 2), Binary.Kind.ADD);
    }
    plan.out(node, 0, out);
  }

  /** Only the product of groups that DeepFilterNet uses. */
  static void einsum(Planner plan, Node node) {
    String equation = node.text("equation", "").replace(" ", "");
    if (!equation.equals("btgi,gih->btgh")) {
      throw new Malformed("the equation " + equation);
    }
    View x = plan.contiguous(plan.real(node, 0));
    View w = plan.contiguous(plan.real(node, 1));
    int rows = Math.multiplyExact(x.dims()[0], x.dims()[1]);
    int groups = x.dims()[2];
    int inner = x.dims()[3];
    int columns = w.dims()[2];
    if (w.dims()[0] != groups || w.dims()[1] != inner) {
      throw new Malformed("groups that do not fit");
    }
    View out = plan.fresh(x.dims()[0], x.dims()[1], groups, columns);
    List<WeightedRows.Call> calls = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      int[] taken = WeightedRows.evenly(g * inner * columns, columns, inner);
      calls.add(
          new WeightedRows.Call(
              g * inner, groups * inner, rows, taken, 0, g * columns, groups * columns, columns));
    }
    plan.emit(
        List.of(x, w),
        ShapeOperators.buffers(out),
        () ->
            new WeightedRows(
                plan.source(x),
                plan.source(w),
                WeightedRows.Start.ZERO,
                Planner.place(out),
                calls));
    plan.out(node, 0, out);
  }

  private static int[] with(int[] lead, int rows, int columns) {
    int[] dims = Arrays.copyOf(lead, lead.length + 2);
    dims[lead.length] = rows;
    dims[lead.length + 1] = columns;
    return dims;
  }
}
