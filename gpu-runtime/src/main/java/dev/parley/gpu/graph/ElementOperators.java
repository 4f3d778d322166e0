package dev.parley.gpu.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Operators that work value by value, and those that reduce. */
final class ElementOperators {

  private ElementOperators() {}

  static void register(Map<String, Operators.Operator> known) {
    known.put("Add", (plan, node) -> binary(plan, node, Binary.Kind.ADD));
    known.put("Sub", (plan, node) -> binary(plan, node, Binary.Kind.SUBTRACT));
    known.put("Mul", (plan, node) -> binary(plan, node, Binary.Kind.MULTIPLY));
    known.put("Div", (plan, node) -> binary(plan, node, Binary.Kind.DIVIDE));
    known.put("PRelu", (plan, node) -> binary(plan, node, Binary.Kind.PRELU));
    known.put("Pow", ElementOperators::power);
    known.put("Sqrt", (plan, node) -> unary(plan, node, new Unary.Root()));
    known.put("Log", (plan, node) -> unary(plan, node, new Unary.Logarithm()));
    known.put("Exp", (plan, node) -> unary(plan, node, new Unary.Exponential()));
    known.put("Sigmoid", (plan, node) -> unary(plan, node, new Unary.Sigmoid()));
    known.put("Tanh", (plan, node) -> unary(plan, node, new Unary.Tanh()));
    known.put(
        "Relu", (plan, node) -> unary(plan, node, new Unary.Clip(0, Float.POSITIVE_INFINITY)));
    known.put("Clip", ElementOperators::clip);
    known.put("Cast", ElementOperators::cast);
    known.put("BatchNormalization", ElementOperators::batchNormalization);
    known.put("ReduceMean", (plan, node) -> reduce(plan, node, true));
    known.put("ReduceSum", (plan, node) -> reduce(plan, node, false));
  }

  private static void binary(Planner plan, Node node, Binary.Kind kind) {
    View a = plan.in(node, 0);
    View b = plan.in(node, 1);
    if (a.integers() != null && b.integers() != null) {
      plan.out(node, 0, whole(a, b, kind));
      return;
    }
    plan.out(node, 0, binary(plan, plan.real(node, 0), plan.real(node, 1), kind));
  }

  static View binary(Planner plan, View a, View b, Binary.Kind kind) {
    int[] dims = View.broadcastDims(a.dims(), b.dims());
    View out = plan.fresh(dims);
    View first = a.broadcast(dims);
    View second = b.broadcast(dims);
    Walk straight = Walk.over(dims, first.strides(), second.strides(), out.strides());
    boolean commutes = kind == Binary.Kind.ADD || kind == Binary.Kind.MULTIPLY;
    boolean swap = commutes && straight.step(0) == 0 && straight.step(1) == 1;
    View left = swap ? second : first;
    View right = swap ? first : second;
    Walk walk = Walk.over(dims, left.strides(), right.strides(), out.strides());
    plan.emit(
        List.of(left, right),
        ShapeOperators.buffers(out),
        () -> new Binary(kind, plan.source(left), plan.source(right), Planner.place(out), walk));
    return out;
  }

  private static View whole(View a, View b, Binary.Kind kind) {
    int[] dims = View.broadcastDims(a.dims(), b.dims());
    long[] left = a.broadcast(dims).wholeValues("it");
    long[] right = b.broadcast(dims).wholeValues("it");
    long[] out = new long[left.length];
    for (int i = 0; i < out.length; i++) {
      out[i] =
          switch (kind) {
            case ADD -> left[i] + right[i];
            case SUBTRACT -> left[i] - right[i];
            case MULTIPLY -> left[i] * right[i];
            case DIVIDE -> left[i] / right[i];
            case PRELU -> throw new Malformed("whole numbers");
          };
    }
    return View.of(Tensor.of(dims, out));
  }

  private static void unary(Planner plan, Node node, Unary.Kind kind) {
    plan.out(node, 0, unary(plan, plan.real(node, 0), kind));
  }

  private static View unary(Planner plan, View in, Unary.Kind kind) {
    View out = plan.fresh(in.dims());
    Walk walk = Walk.over(in.dims(), in.strides(), out.strides());
    int count = out.count();
    plan.emit(
        List.of(in),
        ShapeOperators.buffers(out),
        () ->
            new Unary(
                kind,
                new Copy(plan.source(in), Planner.place(out), walk),
                Planner.place(out),
                count));
    return out;
  }

  private static void power(Planner plan, Node node) {
    View exponent = plan.in(node, 1);
    if (exponent.count() != 1) {
      throw new Malformed("more than one exponent");
    }
    double value =
        exponent.integers() != null
            ? exponent.wholeValues("the exponent")[0]
            : exponent.realValues()[0];
    View base = plan.real(node, 0);
    if (value == 2) {
      plan.out(node, 0, binary(plan, base, base, Binary.Kind.MULTIPLY));
    } else if (value == 0.5) {
      unary(plan, node, new Unary.Root());
    } else {
      throw new Malformed("an exponent of " + value);
    }
  }

  private static void clip(Planner plan, Node node) {
    float low =
        node.has(1) ? plan.real(node, 1).realValues()[0] : node.real("min", -Float.MAX_VALUE);
    float high =
        node.has(2) ? plan.real(node, 2).realValues()[0] : node.real("max", Float.MAX_VALUE);
    unary(plan, node, new Unary.Clip(low, high));
  }

  private static void cast(Planner plan, Node node) {
    View in = plan.in(node, 0);
    int to = node.integer("to", 0);
    boolean real = to == 1;
    boolean whole = to == 6 || to == 7 || to == 9;
    if (!real && !whole) {
      throw new Malformed("to the type " + to);
    }
    if (real == (in.integers() == null)) {
      plan.out(node, 0, in);
    } else if (real) {
      long[] values = in.wholeValues("it");
      float[] floats = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        floats[i] = values[i];
      }
      plan.out(node, 0, View.of(Tensor.of(in.dims(), floats)));
    } else {
      float[] values = in.realValues();
      long[] integers = new long[values.length];
      for (int i = 0; i < values.length; i++) {
        integers[i] = to == 9 ? (values[i] == 0 ? 0 : 1) : (long) values[i];
      }
      plan.out(node, 0, View.of(Tensor.of(in.dims(), integers)));
    }
  }

  private static void batchNormalization(Planner plan, Node node) {
    View in = plan.real(node, 0);
    float[] scale = plan.real(node, 1).realValues();
    float[] shift = plan.real(node, 2).realValues();
    float[] mean = plan.real(node, 3).realValues();
    float[] variance = plan.real(node, 4).realValues();
    float epsilon = node.real("epsilon", 1e-5f);
    int channels = in.dims()[1];
    if (scale.length != channels || shift.length != channels) {
      throw new Malformed("values for other channels");
    }
    float[] factor = new float[channels];
    float[] offset = new float[channels];
    for (int c = 0; c < channels; c++) {
      double f = scale[c] / Math.sqrt((double) variance[c] + epsilon);
      factor[c] = (float) f;
      offset[c] = (float) (shift[c] - mean[c] * f);
    }
    int[] dims = new int[in.rank() - 1];
    Arrays.fill(dims, 1);
    dims[0] = channels;
    View scaled = binary(plan, in, View.of(Tensor.of(dims, factor)), Binary.Kind.MULTIPLY);
    plan.out(node, 0, binary(plan, scaled, View.of(Tensor.of(dims, offset)), Binary.Kind.ADD));
  }

  private static void reduce(Planner plan, Node node, boolean mean) {
    View in = plan.real(node, 0);
    long[] axes = ShapeOperators.axes(plan, node);
    boolean kept = node.integer("keepdims", 1) == 1;
    boolean[] gone = new boolean[in.rank()];
    if (axes == null || axes.length == 0) {
      Arrays.fill(gone, axes == null || node.integer("noop_with_empty_axes", 0) == 0);
    } else {
      for (long axis : axes) {
        gone[in.axis(axis)] = true;
      }
    }
    int[] dims = in.dims().clone();
    int over = 1;
    for (int i = 0; i < gone.length; i++) {
      if (gone[i]) {
        over *= dims[i];
        dims[i] = 1;
      }
    }
    View out = plan.fresh(dims);
    int[] strides = out.strides().clone();
    for (int i = 0; i < gone.length; i++) {
      strides[i] = gone[i] ? 0 : strides[i];
    }
    Walk walk = Walk.over(in.dims(), in.strides(), strides);
    float factor = mean ? 1f / over : 1;
    int count = out.count();
    plan.emit(
        List.of(in),
        ShapeOperators.buffers(out),
        () -> new Reduce(plan.source(in), Planner.place(out), count, factor, walk));
    View result = out;
    for (int i = gone.length - 1; i >= 0 && !kept; i--) {
      result = gone[i] ? result.squeeze(i) : result;
    }
    plan.out(node, 0, result);
  }
}
