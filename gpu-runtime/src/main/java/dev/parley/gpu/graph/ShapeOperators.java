package dev.parley.gpu.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators that move values and change shapes; most cost nothing in a run. */
final class ShapeOperators {

  private ShapeOperators() {}

  static void register(Map<String, Operators.Operator> known) {
    known.put("Constant", ShapeOperators::constant);
    known.put("ConstantOfShape", ShapeOperators::constantOfShape);
    known.put("Identity", (plan, node) -> plan.out(node, 0, plan.in(node, 0)));
    known.put("Shape", ShapeOperators::shape);
    known.put("Reshape", ShapeOperators::reshape);
    known.put("Transpose", ShapeOperators::transpose);
    known.put("Squeeze", ShapeOperators::squeeze);
    known.put("Unsqueeze", ShapeOperators::unsqueeze);
    known.put("Slice", ShapeOperators::slice);
    known.put("Split", ShapeOperators::split);
    known.put("Gather", ShapeOperators::gather);
    known.put("Concat", ShapeOperators::concat);
    known.put("Expand", ShapeOperators::expand);
    known.put("Pad", ShapeOperators::pad);
    known.put("ScatterND", ShapeOperators::scatter);
  }

  private static void constant(Planner plan, Node node) {
    Object value = node.attributes().get("value");
    Object real = node.attributes().get("value_float");
    Object whole = node.attributes().get("value_int");
    Object wholes = node.attributes().get("value_ints");
    Tensor tensor;
    if (value instanceof Tensor given) {
      tensor = given;
    } else if (real instanceof Float given) {
      tensor = Tensor.of(new int[0], new float[] {given});
    } else if (whole instanceof Long given) {
      tensor = Tensor.of(new int[0], new long[] {given});
    } else if (wholes instanceof long[] given) {
      tensor = Tensor.of(new int[] {given.length}, given);
    } else {
      throw new Malformed("a kind of value that is not known");
    }
    plan.out(node, 0, View.of(tensor));
  }

  private static void constantOfShape(Planner plan, Node node) {
    int[] dims = ints(plan.in(node, 0).wholeValues("the shape"));
    int count = Tensor.count(dims);
    Tensor filled;
    if (node.attributes().get("value") instanceof Tensor value && value.integers() != null) {
      long[] values = new long[count];
      Arrays.fill(values, value.integers()[0]);
      filled = Tensor.of(dims, values);
    } else {
      float[] values = new float[count];
      if (node.attributes().get("value") instanceof Tensor value) {
        Arrays.fill(values, value.real("value")[0]);
      }
      filled = Tensor.of(dims, values);
    }
    plan.out(node, 0, View.of(filled));
  }

  private static void shape(Planner plan, Node node) {
    int[] dims = plan.in(node, 0).dims();
    plan.out(node, 0, View.of(longs(dims)));
  }

  private static void reshape(Planner plan, Node node) {
    View from = plan.in(node, 0);
    long[] wanted = plan.in(node, 1).wholeValues("the shape");
    int[] dims = new int[wanted.length];
    int open = -1;
    long known = 1;
    for (int i = 0; i < dims.length; i++) {
      if (wanted[i] == -1) {
        open = i;
        continue;
      }
      boolean kept = wanted[i] == 0 && node.integer("allowzero", 0) == 0;
      dims[i] = kept ? from.dims()[i] : Math.toIntExact(wanted[i]);
      known = Math.multiplyExact(known, dims[i]);
    }
    int count = from.count();
    if (open >= 0) {
      dims[open] = known == 0 ? 0 : Math.toIntExact(count / known);
    }
    if (count == 0 || Tensor.count(dims) != count) {
      throw new Malformed(Arrays.toString(from.dims()) + " into " + Arrays.toString(wanted));
    }
    View view = from.reshape(dims);
    if (view == null) {
      View copy = from.integers() != null ? whole(from) : plan.contiguous(from);
      view = copy.with(copy.offset(), dims, View.rowMajor(dims));
    }
    plan.out(node, 0, view);
  }

  private static View whole(View view) {
    return View.of(Tensor.of(view.dims(), view.wholeValues("it")));
  }

  private static void transpose(Planner plan, Node node) {
    View from = plan.in(node, 0);
    long[] given = node.integers("perm");
    int[] order = new int[from.rank()];
    boolean[] seen = new boolean[order.length];
    if (given != null && given.length != order.length) {
      throw new Malformed(given.length + " axes of " + order.length);
    }
    for (int i = 0; i < order.length; i++) {
      order[i] = given == null ? order.length - 1 - i : from.axis(given[i]);
      if (seen[order[i]]) {
        throw new Malformed("axis " + order[i] + " twice");
      }
      seen[order[i]] = true;
    }
    plan.out(node, 0, from.transpose(order));
  }

  /** The attribute of older versions or the input of newer ones; null where neither is there. */
  static long @Nullable [] axes(Planner plan, Node node) {
    return node.has(1) ? plan.in(node, 1).wholeValues("axes") : node.integers("axes");
  }

  private static void squeeze(Planner plan, Node node) {
    View view = plan.in(node, 0);
    long[] axes = axes(plan, node);
    boolean[] gone = new boolean[view.rank()];
    for (int i = 0; i < gone.length; i++) {
      gone[i] = axes == null && view.dims()[i] == 1;
    }
    if (axes != null) {
      for (long axis : axes) {
        gone[view.axis(axis)] = true;
      }
    }
    for (int i = gone.length - 1; i >= 0; i--) {
      view = gone[i] ? view.squeeze(i) : view;
    }
    plan.out(node, 0, view);
  }

  private static void unsqueeze(Planner plan, Node node) {
    View view = plan.in(node, 0);
    long[] axes = axes(plan, node);
    if (axes == null) {
      throw new Malformed("no axes");
    }
    int rank = view.rank() + axes.length;
    int[] sorted = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      sorted[i] = view.axis(axes[i], rank);
    }
    Arrays.sort(sorted);
    for (int axis : sorted) {
      view = view.unsqueeze(axis);
    }
    plan.out(node, 0, view);
  }

  private static void slice(Planner plan, Node node) {
    View view = plan.in(node, 0);
    boolean attributes = node.integers("starts") != null;
    long[] starts = attributes ? node.integers("starts") : plan.in(node, 1).wholeValues("starts");
    long[] ends = attributes ? node.integers("ends") : plan.in(node, 2).wholeValues("ends");
    if (starts == null || ends == null) {
      throw new Malformed("no ends");
    }
    long[] axes = attributes ? node.integers("axes") : null;
    if (!attributes && node.has(3)) {
      axes = plan.in(node, 3).wholeValues("axes");
    }
    long[] steps = node.has(4) ? plan.in(node, 4).wholeValues("steps") : null;
    for (int i = 0; i < starts.length; i++) {
      int axis = view.axis(axes == null ? i : axes[i]);
      int step = steps == null ? 1 : Math.toIntExact(Math.clamp(steps[i], -1 << 30, 1 << 30));
      if (step == 0) {
        throw new Malformed("a step of 0");
      }
      int size = view.dims()[axis];
      long start = starts[i] < 0 ? starts[i] + size : starts[i];
      long end = ends[i] < 0 ? ends[i] + size : ends[i];
      start = Math.clamp(start, 0, step > 0 ? size : size - 1);
      end = Math.clamp(end, step > 0 ? 0 : -1, step > 0 ? size : size - 1);
      long count = step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step;
      view = view.slice(axis, (int) start, (int) Math.max(0, count), step);
    }
    plan.out(node, 0, view);
  }

  private static void split(Planner plan, Node node) {
    View view = plan.in(node, 0);
    int axis = view.axis(node.integer("axis", 0));
    long[] given = node.has(1) ? plan.in(node, 1).wholeValues("split") : node.integers("split");
    int parts = node.outputs().size();
    int size = view.dims()[axis];
    int each = (size + parts - 1) / parts;
    int start = 0;
    for (int i = 0; i < parts; i++) {
      int count = given == null ? Math.min(each, size - start) : Math.toIntExact(given[i]);
      if (count < 0 || start + count > size) {
        throw new Malformed("parts of more than " + size);
      }
      plan.out(node, i, view.slice(axis, start, count, 1));
      start += count;
    }
  }

  private static void gather(Planner plan, Node node) {
    View view = plan.in(node, 0);
    View index = plan.in(node, 1);
    int axis = view.axis(node.integer("axis", 0));
    int size = view.dims()[axis];
    long[] places = index.wholeValues("the index");
    for (int i = 0; i < places.length; i++) {
      places[i] += places[i] < 0 ? size : 0;
      if (places[i] < 0 || places[i] >= size) {
        throw new Malformed("index " + places[i] + " of " + size);
      }
    }
    int[] steps = even(places, index.dims());
    int[] dims = spliced(view.dims(), axis, index.dims());
    if (steps != null) {
      int[] along = new int[steps.length];
      for (int i = 0; i < steps.length; i++) {
        along[i] = steps[i] * view.strides()[axis];
      }
      int first = places.length == 0 ? 0 : (int) places[0] * view.strides()[axis];
      plan.out(
          node, 0, view.with(view.offset() + first, dims, spliced(view.strides(), axis, along)));
      return;
    }
    if (view.integers() != null) {
      throw new Malformed("whole numbers in no even order");
    }
    int[] flat = view.dims().clone();
    flat[axis] = places.length;
    View out = plan.fresh(flat);
    for (int i = 0; i < places.length; i++) {
      plan.copy(view.slice(axis, (int) places[i], 1, 1), out.slice(axis, i, 1, 1));
    }
    plan.out(node, 0, out.with(0, dims, View.rowMajor(dims)));
  }

  /** The step of an index along each of its dimensions, or null where it is not the same. */
  private static int @Nullable [] even(long[] places, int[] dims) {
    int[] steps = new int[dims.length];
    int[] strides = View.rowMajor(dims);
    for (int d = 0; d < dims.length; d++) {
      steps[d] = dims[d] > 1 ? (int) (places[strides[d]] - places[0]) : 0;
    }
    for (int i = 0; i < places.length; i++) {
      long expected = places[0];
      for (int d = 0; d < dims.length; d++) {
        expected += (long) steps[d] * (i / strides[d] % dims[d]);
      }
      if (places[i] != expected) {
        return null;
      }
    }
    return steps;
  }

  private static int[] spliced(int[] values, int axis, int[] instead) {
    int[] out = new int[values.length - 1 + instead.length];
    System.arraycopy(values, 0, out, 0, axis);
    System.arraycopy(instead, 0, out, axis, instead.length);
    System.arraycopy(values, axis + 1, out, axis + instead.length, values.length - axis - 1);
    return out;
  }

  private static void concat(Planner plan, Node node) {
    List<View> parts = new ArrayList<>();
    boolean whole = true;
    for (int i = 0; i < node.inputs().size(); i++) {
      View part = plan.in(node, i);
      parts.add(part);
      whole &= part.integers() != null;
    }
    View first = parts.getFirst();
    int axis = first.axis(node.integer("axis", 0));
    int[] dims = first.dims().clone();
    dims[axis] = 0;
    for (View part : parts) {
      int[] like = part.dims().clone();
      like[axis] = 0;
      int[] own = dims.clone();
      own[axis] = 0;
      if (!Arrays.equals(like, own)) {
        throw new Malformed("parts of different shapes");
      }
      dims[axis] += part.dims()[axis];
    }
    if (whole) {
      plan.out(node, 0, wholeConcat(parts, dims));
      return;
    }
    View out = plan.fresh(dims);
    int start = 0;
    for (View part : parts) {
      int size = part.dims()[axis];
      if (part.integers() != null) {
        throw new Malformed("whole numbers beside floats");
      }
      if (size > 0) {
        plan.copy(part, out.slice(axis, start, size, 1));
      }
      start += size;
    }
    plan.out(node, 0, out);
  }

  private static View wholeConcat(List<View> parts, int[] dims) {
    if (dims.length != 1) {
      throw new Malformed("whole numbers in " + dims.length + " dimensions");
    }
    long[] values = new long[Tensor.count(dims)];
    int at = 0;
    for (View part : parts) {
      for (long value : part.wholeValues("a part")) {
        values[at++] = value;
      }
    }
    return View.of(Tensor.of(dims, values));
  }

  private static void expand(Planner plan, Node node) {
    View view = plan.in(node, 0);
    int[] wanted = ints(plan.in(node, 1).wholeValues("the shape"));
    plan.out(node, 0, view.broadcast(View.broadcastDims(view.dims(), wanted)));
  }

  private static void pad(Planner plan, Node node) {
    View view = plan.real(node, 0);
    long[] given = node.has(1) ? plan.in(node, 1).wholeValues("pads") : node.integers("pads");
    float value = node.has(2) ? plan.real(node, 2).realValues()[0] : node.real("value", 0);
    String mode = node.text("mode", "constant");
    int rank = view.rank();
    if (given == null || given.length != 2 * rank) {
      throw new Malformed("pads for other dimensions");
    }
    int[] dims = view.dims().clone();
    int[] before = new int[rank];
    int[] after = new int[rank];
    for (int i = 0; i < rank; i++) {
      before[i] = Math.toIntExact(given[i]);
      after[i] = Math.toIntExact(given[rank + i]);
      int front = Math.max(0, -before[i]);
      int kept = dims[i] - front - Math.max(0, -after[i]);
      if (kept < 1) {
        throw new Malformed("nothing is left");
      }
      view = view.slice(i, front, kept, 1);
      before[i] = Math.max(0, before[i]);
      after[i] = Math.max(0, after[i]);
      dims[i] = Math.addExact(Math.addExact(kept, before[i]), after[i]);
    }
    if (Arrays.equals(dims, view.dims())) {
      plan.out(node, 0, view);
      return;
    }
    View out = plan.fresh(dims);
    View inner = out;
    for (int i = 0; i < rank; i++) {
      inner = inner.slice(i, before[i], view.dims()[i], 1);
    }
    switch (mode) {
      case "constant" -> {
        int count = out.count();
        plan.emit(
            List.of(),
            buffers(out),
            () -> {
              int place = Planner.place(out);
              return values -> Arrays.fill(values, place, place + count, value);
            });
        plan.copy(view, inner);
      }
      case "reflect" -> {
        plan.copy(view, inner);
        reflect(plan, out, before, after);
      }
      default -> throw new Malformed("mode " + mode);
    }
    plan.out(node, 0, out);
  }

  private static void reflect(Planner plan, View out, int[] before, int[] after) {
    for (int i = 0; i < before.length; i++) {
      int size = out.dims()[i];
      if (Math.max(before[i], after[i]) >= size - before[i] - after[i]) {
        throw new Malformed("a reflection longer than what is reflected");
      }
      for (int k = 1; k <= before[i]; k++) {
        plan.copy(out.slice(i, before[i] + k, 1, 1), out.slice(i, before[i] - k, 1, 1));
      }
      int end = size - 1 - after[i];
      for (int k = 1; k <= after[i]; k++) {
        plan.copy(out.slice(i, end - k, 1, 1), out.slice(i, end + k, 1, 1));
      }
    }
  }

  /** Values of one tensor replaced at places that are known before the run. */
  private static void scatter(Planner plan, Node node) {
    View data = plan.real(node, 0);
    View indices = plan.in(node, 1);
    View updates = plan.contiguous(plan.real(node, 2));
    if (!node.text("reduction", "none").equals("none")) {
      throw new Malformed("a reduction");
    }
    long[] places = indices.wholeValues("the places");
    int depth = indices.dims()[indices.rank() - 1];
    int[] strides = View.rowMajor(data.dims());
    int piece = depth == data.rank() ? 1 : strides[depth - 1];
    int tuples = places.length / depth;
    if (updates.count() != (long) tuples * piece) {
      throw new Malformed("as many values as places are needed");
    }
    int[] starts = new int[tuples];
    for (int i = 0; i < tuples; i++) {
      for (int d = 0; d < depth; d++) {
        long place = places[i * depth + d];
        int size = data.dims()[d];
        place += place < 0 ? size : 0;
        if (place < 0 || place >= size) {
          throw new Malformed("place " + place + " of " + size);
        }
        starts[i] += (int) place * strides[d];
      }
    }
    View out;
    Buffer buffer = data.buffer();
    if (buffer != null && buffer != updates.buffer() && data.contiguous() && plan.dies(buffer)) {
      out = data;
    } else {
      out = plan.fresh(data.dims());
      plan.copy(data, out);
    }
    plan.emit(
        List.of(updates, out),
        buffers(out),
        () -> Scatter.of(plan.source(updates), Planner.place(out), starts, piece));
    plan.out(node, 0, out);
  }

  static List<Buffer> buffers(View view) {
    Buffer buffer = view.buffer();
    if (buffer == null) {
      throw new Malformed("a constant cannot be written");
    }
    return List.of(buffer);
  }

  static int[] ints(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  private static Tensor longs(int[] values) {
    return Tensor.of(new int[] {values.length}, Arrays.stream(values).asLongStream().toArray());
  }
}
