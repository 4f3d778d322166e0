package dev.parley.gpu.graph;

import dev.parley.gpu.device.Shapes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Turns a graph into a {@link Plan} for one set of shapes: nodes that nothing wants are left out,
 * nodes of constants are computed now, views replace what only moves values, and every value gets a
 * place in one array.
 */
final class Planner {

  private final Graph graph;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, View> values = new HashMap<>();
  private final Map<String, Integer> lastUse = new HashMap<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Supplier<Step>> steps = new ArrayList<>();
  private int now;
  private long constants;

  private Planner(Graph graph) {
    this.graph = graph;
  }

  static Plan plan(Graph graph, Shapes shapes) {
    return new Planner(graph).plan(shapes);
  }

  private Plan plan(Shapes shapes) {
    Map<String, Buffer> inputs = new LinkedHashMap<>();
    shapes
        .inputs()
        .forEach((name, dims) -> {
          Buffer buffer = allocate(count(name, dims));
          buffer.pinned = true;
          inputs.put(name, buffer);
          values.put(known(graph.inputs(), name, "input"), View.of(buffer, dims(dims)));
        });
    shapes
        .scalars()
        .forEach((name, value) ->
            values.put(
                known(graph.inputs(), name, "input"),
                View.of(Tensor.of(new int[0], new long[] {value}))));
    graph.constants().forEach((name, tensor) -> values.put(name, View.of(tensor)));
    shapes.outputs().keySet().forEach(name -> known(graph.outputs(), name, "output"));
    choose(shapes.outputs().keySet());
    for (now = 0; now < nodes.size(); now++) {
      build(nodes.get(now));
    }
    Map<String, Buffer> outputs = new LinkedHashMap<>();
    shapes.outputs().forEach((name, dims) -> outputs.put(name, output(name, dims(dims), outputs)));
    int length = Buffer.place(buffers);
    return new Plan(
        length, steps.stream().map(Supplier::get).toArray(Step[]::new), inputs, outputs);
  }

  private static String known(List<String> names, String name, String what) {
    if (!names.contains(name)) {
      throw new Malformed("it has no " + what + " " + name);
    }
    return name;
  }

  private static int[] dims(long[] dims) {
    return Arrays.stream(dims).mapToInt(Math::toIntExact).toArray();
  }

  private static int count(String name, long[] dims) {
    int count = Tensor.count(dims(dims));
    if (count == 0) {
      throw new Malformed(name + " has no values");
    }
    return count;
  }

  /** Keeps the nodes that the wanted outputs need, and notes where each value is used last. */
  private void choose(Set<String> wanted) {
    nodes.addAll(needed(Fusion.apply(graph.nodes(), graph.constants()), wanted));
    for (int i = 0; i < nodes.size(); i++) {
      for (String input : nodes.get(i).inputs()) {
        lastUse.put(input, i);
      }
    }
    for (String output : wanted) {
      lastUse.put(output, Integer.MAX_VALUE);
    }
  }

  /** The nodes that contribute to what is wanted, each after those that it reads from. */
  static List<Node> needed(List<Node> all, Collection<String> wanted) {
    Map<String, Integer> makers = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      for (String output : all.get(i).outputs()) {
        makers.put(output, i);
      }
    }
    List<Node> ordered = new ArrayList<>();
    boolean[] begun = new boolean[all.size()];
    boolean[] done = new boolean[all.size()];
    Deque<Integer> path = new ArrayDeque<>();
    wanted.stream().map(makers::get).filter(Objects::nonNull).sorted().forEach(path::addLast);
    while (!path.isEmpty()) {
      int node = path.peekFirst();
      if (done[node]) {
        path.removeFirst();
        continue;
      }
      int before = path.size();
      for (String input : all.get(node).inputs()) {
        Integer maker = makers.get(input);
        if (maker != null && !done[maker]) {
          if (begun[node]) {
            throw new Malformed(all.get(node).op() + " waits for itself");
          }
          path.addFirst(maker);
        }
      }
      begun[node] = true;
      if (path.size() == before) {
        done[node] = true;
        ordered.add(all.get(path.removeFirst()));
      }
    }
    return ordered;
  }

  private void build(Node node) {
    for (int i = 0; i < node.inputs().size(); i++) {
      if (node.has(i) && !values.containsKey(node.inputs().get(i))) {
        throw new Malformed(node.op() + " reads " + node.inputs().get(i) + ", which is not there");
      }
    }
    int before = steps.size();
    try {
      Operators.find(node.op()).build(this, node);
    } catch (IndexOutOfBoundsException | ArithmeticException | NegativeArraySizeException e) {
      throw new Malformed(node.op() + " does not fit what it is given: " + e);
    } catch (Malformed e) {
      throw new Malformed(node.op() + ": " + e.getMessage());
    }
    if (steps.size() > before && node.inputs().stream().allMatch(this::constant)) {
      fold(node, before);
    }
  }

  private boolean constant(String name) {
    return name.isEmpty() || view(name).constant();
  }

  /** Runs the steps of a node of constants now, and keeps what comes out as constants. */
  private void fold(Node node, int before) {
    List<Supplier<Step>> own = List.copyOf(steps.subList(before, steps.size()));
    steps.subList(before, steps.size()).clear();
    List<Buffer> used = new ArrayList<>();
    for (Buffer buffer : buffers) {
      if (buffer.first >= before && buffer.last >= before) {
        used.add(buffer);
      }
    }
    buffers.removeAll(used);
    float[] memory = new float[Buffer.place(used)];
    own.forEach(step -> step.get().run(memory));
    for (String name : node.outputs()) {
      View view = values.get(name);
      if (view != null && !view.constant()) {
        View whole = new View(null, memory, null, source(view).at(), view.dims(), view.strides());
        float[] floats = whole.realValues();
        constants += floats.length;
        if (constants > Tensor.COUNT_MAX) {
          throw new Malformed("its constants need more than " + Tensor.COUNT_MAX + " values");
        }
        values.put(name, View.of(Tensor.of(view.dims(), floats)));
      }
    }
  }

  private Buffer output(String name, int[] dims, Map<String, Buffer> others) {
    View view = view(name);
    if (!Arrays.equals(view.dims(), dims)) {
      throw new Malformed(
          "output "
              + name
              + " is "
              + Arrays.toString(view.dims())
              + ", not "
              + Arrays.toString(dims));
    }
    now = nodes.size();
    Buffer buffer = view.buffer();
    if (buffer == null || buffer.pinned || !view.whole() || others.containsValue(buffer)) {
      buffer = allocate(view.count());
      copy(view, View.of(buffer, dims));
    }
    buffer.pinned = true;
    return buffer;
  }

  // What operators ask for.

  int opset() {
    return graph.opset();
  }

  View view(String name) {
    View view = values.get(name);
    if (view == null) {
      throw new Malformed(name + " is not there");
    }
    return view;
  }

  View in(Node node, int index) {
    if (!node.has(index)) {
      throw new Malformed("input " + index + " is missing");
    }
    return view(node.inputs().get(index));
  }

  /** A float input. */
  View real(Node node, int index) {
    View view = in(node, index);
    if (view.integers() != null) {
      throw new Malformed("input " + index + " is of whole numbers");
    }
    return view;
  }

  void out(Node node, int index, View view) {
    if (index < node.outputs().size() && !node.outputs().get(index).isEmpty()) {
      values.put(node.outputs().get(index), view);
    }
  }

  /** Whether nothing after the node that is being built reads the buffer. */
  boolean dies(Buffer buffer) {
    if (buffer.pinned) {
      return false;
    }
    for (Map.Entry<String, View> value : values.entrySet()) {
      if (value.getValue().buffer() == buffer && lastUse.getOrDefault(value.getKey(), -1) > now) {
        return false;
      }
    }
    return true;
  }

  Buffer allocate(int size) {
    Buffer buffer = new Buffer(size);
    buffers.add(buffer);
    return buffer;
  }

  /** A view of a new buffer. */
  View fresh(int... dims) {
    int count = Tensor.count(dims);
    if (count == 0) {
      throw new Malformed("a result without values: " + Arrays.toString(dims));
    }
    return View.of(allocate(count), dims);
  }

  /** Adds a step; its maker is called when every buffer has its place. */
  void emit(List<View> reads, List<Buffer> writes, Supplier<Step> step) {
    for (View read : reads) {
      if (read.buffer() != null) {
        read.buffer().usedBy(steps.size());
      }
    }
    for (Buffer write : writes) {
      write.usedBy(steps.size());
    }
    steps.add(step);
  }

  /** Where the first value of a view lies; for makers of steps only. */
  Source source(View view) {
    Buffer buffer = view.buffer();
    return buffer == null
        ? new Source(view.floats(), view.offset())
        : new Source(null, buffer.place + view.offset());
  }

  /** Where the first value of a view lies among the values of a run; for makers of steps only. */
  static int place(View view) {
    Buffer buffer = view.buffer();
    if (buffer == null) {
      throw new Malformed("a constant cannot be written");
    }
    return buffer.place + view.offset();
  }

  /** The same values as a contiguous view. */
  View contiguous(View view) {
    if (view.contiguous()) {
      return view;
    }
    if (view.constant()) {
      return View.of(Tensor.of(view.dims(), view.realValues()));
    }
    View copy = fresh(view.dims());
    copy(view, copy);
    return copy;
  }

  /** The same values as a view whose last dimension is contiguous. */
  View rows(View view) {
    int last = view.rank() - 1;
    return view.rank() > 0 && view.dims()[last] != 1 && view.strides()[last] != 1
        ? contiguous(view)
        : view;
  }

  void copy(View from, View to) {
    Walk walk = Walk.over(to.dims(), from.strides(), to.strides());
    Buffer written = to.buffer();
    if (written == null) {
      throw new Malformed("a constant cannot be written");
    }
    emit(List.of(from), List.of(written), () -> new Copy(source(from), place(to), walk));
  }
}
