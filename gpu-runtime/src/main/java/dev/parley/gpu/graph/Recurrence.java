package dev.parley.gpu.graph;

import dev.parley.gpu.simd.RowLoops;
import dev.parley.gpu.simd.Simd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recurrent layers. What the inputs contribute is computed for all times at once; then this step
 * goes through time. Gates lie one after the other, [gate][unit][stream], so that each is one row;
 * with a single stream that is the order of the ONNX weights, too.
 */
final class Recurrence implements Step {

  private enum Kind {
    GRU(3),
    LSTM(4);

    private final int gates;

    Kind(int gates) {
      this.gates = gates;
    }
  }

  private final Kind kind;
  private final int times;
  private final int streams;
  private final int units;
  private final boolean backwards;

  /** Recurrent weights: by gate for several streams, turned for a single one. */
  private final float[] weights;

  /** What the recurrent part starts from: the bias inside of the reset of a GRU, else zeros. */
  private final float[] start;

  private final int[] rows;
  private final int gatesAt;
  private final int workAt;
  private final int cellAt;
  private final int outAt;
  private final int outStride;
  private final Source first;

  private Recurrence(
      Layer layer,
      boolean backwards,
      float[] weights,
      float[] start,
      int gatesAt,
      int workAt,
      int cellAt,
      int outAt,
      int outStride,
      Source first) {
    this.kind = layer.kind;
    this.times = layer.times;
    this.streams = layer.streams;
    this.units = layer.units;
    this.backwards = backwards;
    this.weights = weights;
    this.start = start;
    this.rows = WeightedRows.evenly(0, streams == 1 ? kind.gates * units : streams, units);
    this.gatesAt = gatesAt;
    this.workAt = workAt;
    this.cellAt = cellAt;
    this.outAt = outAt;
    this.outStride = outStride;
    this.first = first;
  }

  private record Layer(Kind kind, int times, int streams, int inputs, int units) {

    int gates() {
      return kind.gates * units;
    }
  }

  static void gru(Planner plan, Node node) {
    if (node.integer("linear_before_reset", 0) != 1) {
      throw new Malformed("a reset before the product");
    }
    build(plan, node, Kind.GRU);
  }

  static void lstm(Planner plan, Node node) {
    if (node.has(7) || node.integer("input_forget", 0) != 0) {
      throw new Malformed("peepholes");
    }
    build(plan, node, Kind.LSTM);
  }

  private static void build(Planner plan, Node node, Kind kind) {
    usual(node, kind);
    View x = plan.real(node, 0);
    View w = plan.real(node, 1);
    View r = plan.real(node, 2);
    int directions = w.dims()[0];
    Layer layer =
        new Layer(
            kind, x.dims()[0], x.dims()[1], x.dims()[2], node.integer("hidden_size", r.dims()[2]));
    boolean both = node.text("direction", "forward").equals("bidirectional");
    if (directions != (both ? 2 : 1)
        || !Arrays.equals(w.dims(), new int[] {directions, layer.gates(), layer.inputs})
        || !Arrays.equals(r.dims(), new int[] {directions, layer.gates(), layer.units})) {
      throw new Malformed("weights that do not fit");
    }
    float[] biases =
        node.has(3) ? plan.real(node, 3).realValues() : new float[directions * 2 * layer.gates()];
    if (biases.length != directions * 2 * layer.gates()) {
      throw new Malformed("biases that do not fit");
    }
    int[] states = {directions, layer.streams, layer.units};
    View zeros = View.of(Tensor.of(states, new float[Tensor.count(states)]));
    View hidden = node.has(5) ? plan.real(node, 5) : zeros;
    View cell = kind == Kind.LSTM && node.has(6) ? plan.real(node, 6) : zeros;
    if (!Arrays.equals(hidden.dims(), states) || !Arrays.equals(cell.dims(), states)) {
      throw new Malformed("a state of other dimensions");
    }
    View all = plan.fresh(layer.times, directions, layer.streams, layer.units);
    View cells = plan.fresh(states);
    for (int d = 0; d < directions; d++) {
      boolean backwards = d == 1 || node.text("direction", "forward").equals("reverse");
      float[] bias = Arrays.copyOfRange(biases, d * 2 * layer.gates(), (d + 1) * 2 * layer.gates());
      direction(
          plan,
          layer,
          backwards,
          x,
          new View[] {w.at(0, d), r.at(0, d), hidden.at(0, d), cell.at(0, d)},
          bias,
          all.at(1, d),
          cells.at(0, d));
    }
    plan.out(node, 0, all);
    if (node.outputs().size() > 1) {
      plan.out(node, 1, last(plan, node, layer, all, directions));
    }
    plan.out(node, 2, cells);
  }

  private static void usual(Node node, Kind kind) {
    if (node.has(4)) {
      throw new Malformed("lengths of its own");
    }
    if (node.integer("layout", 0) != 0 || node.attributes().containsKey("clip")) {
      throw new Malformed("another layout, or a clip");
    }
    List<String> expected =
        kind == Kind.GRU ? List.of("Sigmoid", "Tanh") : List.of("Sigmoid", "Tanh", "Tanh");
    if (node.attributes().get("activations") instanceof List<?> given) {
      for (int i = 0; i < given.size(); i++) {
        if (!given.get(i).equals(expected.get(i % expected.size()))) {
          throw new Malformed("the activations " + given);
        }
      }
    }
  }

  private static View last(Planner plan, Node node, Layer layer, View all, int directions) {
    if (directions == 1) {
      boolean backwards = node.text("direction", "forward").equals("reverse");
      return all.at(0, backwards ? 0 : layer.times - 1);
    }
    View last = plan.fresh(directions, layer.streams, layer.units);
    plan.copy(all.at(0, layer.times - 1).at(0, 0), last.at(0, 0));
    plan.copy(all.at(0, 0).at(0, 1), last.at(0, 1));
    return last;
  }

  /** {@code given}: weights of the input, of the recurrence, and the states to start from. */
  private static void direction(
      Planner plan,
      Layer layer,
      boolean backwards,
      View x,
      View[] given,
      float[] bias,
      View out,
      View cellOut) {
    int gates = layer.gates();
    float[] inputBias = Arrays.copyOf(bias, gates);
    float[] start = new float[gates];
    int inside = layer.kind == Kind.GRU ? 2 * layer.units : gates;
    for (int i = 0; i < inside; i++) {
      inputBias[i] += bias[gates + i];
    }
    if (layer.kind == Kind.GRU) {
      System.arraycopy(bias, gates + inside, start, inside, gates - inside);
    }
    View sums = plan.fresh(layer.times, gates, layer.streams);
    View work = plan.fresh(gates, layer.streams);
    View hidden;
    View path;
    float[] recurrent;
    if (layer.streams == 1) {
      sumsOfOne(plan, layer, x, given[0], inputBias, sums);
      recurrent = turned(given[1]);
      hidden = plan.contiguous(given[2]);
      path = out;
    } else {
      sumsOfMany(plan, layer, x, given[0], inputBias, sums);
      recurrent = given[1].realValues();
      hidden = plan.contiguous(given[2].transpose(new int[] {1, 0}));
      path = plan.fresh(layer.times, layer.units, layer.streams);
    }
    View cell = plan.fresh(layer.units, layer.streams);
    plan.copy(given[3].transpose(new int[] {1, 0}), cell);
    List<Buffer> written = new ArrayList<>(ShapeOperators.buffers(path));
    written.addAll(ShapeOperators.buffers(work));
    written.addAll(ShapeOperators.buffers(cell));
    plan.emit(
        List.of(sums, hidden, cell),
        written,
        () ->
            new Recurrence(
                layer,
                backwards,
                recurrent,
                start,
                Planner.place(sums),
                Planner.place(work),
                Planner.place(cell),
                Planner.place(path),
                path.strides()[0],
                plan.source(hidden)));
    if (layer.streams > 1) {
      plan.copy(path.transpose(new int[] {0, 2, 1}), out);
    }
    plan.copy(cell.transpose(new int[] {1, 0}), cellOut);
  }

  /** [time][gate]: the inputs weight rows of gates. */
  private static void sumsOfOne(
      Planner plan, Layer layer, View given, View w, float[] bias, View sums) {
    View x = plan.rows(given);
    int gates = layer.gates();
    View turned = View.of(Tensor.of(new int[] {layer.inputs, gates}, turned(w)));
    WeightedRows.Call call =
        new WeightedRows.Call(
            0,
            x.strides()[0],
            layer.times,
            WeightedRows.evenly(0, gates, layer.inputs),
            0,
            0,
            gates,
            gates);
    plan.emit(
        List.of(x),
        ShapeOperators.buffers(sums),
        () ->
            new WeightedRows(
                plan.source(x),
                plan.source(turned),
                WeightedRows.Start.columns(bias),
                Planner.place(sums),
                List.of(call)));
  }

  /** [time][gate][stream]: the weights of each gate weight rows of streams. */
  private static void sumsOfMany(
      Planner plan, Layer layer, View given, View w, float[] bias, View sums) {
    View x = plan.contiguous(given.transpose(new int[] {0, 2, 1}));
    int gates = layer.gates();
    List<WeightedRows.Call> calls = new ArrayList<>();
    for (int t = 0; t < layer.times; t++) {
      calls.add(
          new WeightedRows.Call(
              0,
              layer.inputs,
              gates,
              WeightedRows.evenly(t * layer.inputs * layer.streams, layer.streams, layer.inputs),
              0,
              t * gates * layer.streams,
              layer.streams,
              layer.streams));
    }
    View weights = View.of(Tensor.of(w.dims(), w.realValues()));
    plan.emit(
        List.of(x),
        ShapeOperators.buffers(sums),
        () ->
            new WeightedRows(
                plan.source(weights),
                plan.source(x),
                WeightedRows.Start.rows(bias),
                Planner.place(sums),
                calls));
  }

  private static float[] turned(View matrix) {
    return matrix.transpose(new int[] {1, 0}).realValues();
  }

  @Override
  public void run(float[] values) {
    int size = units * streams;
    int gates = kind.gates * size;
    float[] from = first.in(values);
    int state = first.at();
    RowLoops loops = Simd.rows();
    for (int i = 0; i < times; i++) {
      int t = backwards ? times - 1 - i : i;
      int sums = gatesAt + t * gates;
      if (streams == 1) {
        loops.weigh(from, state, 0, 1, weights, 0, rows, start, 0, 0, 1, values, workAt, 0, gates);
      } else {
        loops.weigh(
            weights,
            0,
            units,
            kind.gates * units,
            from,
            state,
            rows,
            start,
            0,
            1,
            0,
            values,
            workAt,
            streams,
            streams);
      }
      int to = outAt + t * outStride;
      switch (kind) {
        case GRU -> gru(values, sums, size, from, state, to);
        case LSTM -> lstm(values, sums, size, to);
      }
      from = values;
      state = to;
    }
  }

  /** Gates in the order update, reset, candidate. */
  private void gru(float[] values, int sums, int size, float[] from, int state, int to) {
    int work = workAt;
    for (int i = 0; i < 2 * size; i++) {
      values[work + i] += values[sums + i];
    }
    Simd.rows().sigmoid(values, work, 2 * size);
    int reset = work + size;
    int candidate = work + 2 * size;
    int own = sums + 2 * size;
    for (int i = 0; i < size; i++) {
      values[candidate + i] = values[own + i] + values[reset + i] * values[candidate + i];
    }
    Simd.rows().tanh(values, candidate, size);
    for (int i = 0; i < size; i++) {
      float update = values[work + i];
      float next = values[candidate + i];
      values[to + i] = next + update * (from[state + i] - next);
    }
  }

  /** Gates in the order input, output, forget, candidate. */
  private void lstm(float[] values, int sums, int size, int to) {
    int work = workAt;
    for (int i = 0; i < 4 * size; i++) {
      values[work + i] += values[sums + i];
    }
    Simd.rows().sigmoid(values, work, 3 * size);
    Simd.rows().tanh(values, work + 3 * size, size);
    int output = work + size;
    int forget = work + 2 * size;
    int candidate = work + 3 * size;
    for (int i = 0; i < size; i++) {
      float cell =
          values[forget + i] * values[cellAt + i] + values[work + i] * values[candidate + i];
      values[cellAt + i] = cell;
      values[to + i] = cell;
    }
    Simd.rows().tanh(values, to, size);
    for (int i = 0; i < size; i++) {
      values[to + i] *= values[output + i];
    }
  }
}
