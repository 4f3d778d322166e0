package dev.parley.gpu.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Convolutions over one or two dimensions, and their transposes. Both become weighted sums of input
 * rows: with a step between outputs the rows are split into phases first, with a step between
 * inputs the phases of the output are put together last.
 */
final class ConvOperators {

  private ConvOperators() {}

  /** What a node says, in two dimensions. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Settings(int[] steps, int[] dilations, int[] pads, int[] extra, int groups) {

    static Settings of(Node node, int spatial) {
      String auto = node.text("auto_pad", "NOTSET");
      if (!auto.equals("NOTSET") && !auto.equals("VALID")) {
        throw new Malformed("auto_pad " + auto);
      }
      int[] pads = node.integers("pads", 2 * spatial, 0);
      if (auto.equals("VALID")) {
        Arrays.fill(pads, 0);
      }
      Settings found =
          new Settings(
              two(node.integers("strides", spatial, 1), 1),
              two(node.integers("dilations", spatial, 1), 1),
              spatial == 2 ? pads : new int[] {0, pads[0], 0, pads[1]},
              two(node.integers("output_padding", spatial, 0), 0),
              node.integer("group", 1));
      for (int i = 0; i < 2; i++) {
        if (found.steps[i] < 1 || found.dilations[i] < 1 || found.extra[i] < 0) {
          throw new Malformed("a step below 1");
        }
      }
      for (int pad : found.pads) {
        if (pad < 0) {
          throw new Malformed("a pad below 0");
        }
      }
      return found;
    }

    private static int[] two(int[] values, int first) {
      return values.length == 2 ? values : new int[] {first, values[0]};
    }
  }

  /** What is applied: settings, constants in row-major order, their dimensions, the bias. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Kernel(Settings settings, float[] weights, int[] dims, float[] bias) {}

  /** Rows of the input, possibly rearranged. */
  private record Rows(View view, int low) {

    /** Where value {@code index} of the row of a channel, height and phase lies. */
    int at(int channel, int height, int phase, int index) {
      int[] strides = view.strides();
      return channel * strides[0] + height * strides[1] + phase * strides[2] + index - low;
    }
  }

  static void conv(Planner plan, Node node) {
    View input = plan.real(node, 0);
    int spatial = input.rank() - 2;
    if (spatial != 1 && spatial != 2) {
      throw new Malformed(spatial + " dimensions");
    }
    Settings settings = Settings.of(node, spatial);
    View x = spatial == 1 ? input.unsqueeze(2) : input;
    View given = plan.real(node, 1);
    View kernel = spatial == 1 ? given.unsqueeze(2) : given;
    float[] weights = kernel.constant() ? kernel.realValues() : missing();
    int[] k = kernel.dims();
    int outputs = k[0];
    int groups = settings.groups;
    if (groups < 1 || outputs % groups != 0 || k[1] * (long) groups != x.dims()[1]) {
      throw new Malformed("channels that do not fit");
    }
    boolean point =
        k[2] == 1
            && k[3] == 1
            && Arrays.equals(settings.steps, new int[] {1, 1})
            && Arrays.equals(settings.pads, new int[4]);
    int height = size(x.dims()[2], k[2], 0, settings);
    int width = size(x.dims()[3], k[3], 1, settings);
    View out = plan.fresh(x.dims()[0], outputs, height, width);
    Kernel kernels = new Kernel(settings, weights, k, bias(plan, node, outputs));
    for (int n = 0; n < x.dims()[0]; n++) {
      View one = x.at(0, n);
      View to = out.at(0, n);
      View flat = point ? one.reshape(new int[] {k[1] * groups, 1, height * width}) : null;
      if (flat != null) {
        rows(
            plan,
            flat,
            kernels,
            to.with(
                to.offset(),
                new int[] {outputs, 1, height * width},
                new int[] {height * width, height * width, 1}));
      } else {
        rows(plan, one, kernels, to);
      }
    }
    plan.out(node, 0, spatial == 1 ? out.squeeze(2) : out);
  }

  private static float[] missing() {
    throw new Malformed("weights that are not known before the run");
  }

  private static int size(int in, int kernel, int d, Settings settings) {
    int reach = Math.multiplyExact(settings.dilations[d], kernel - 1) + 1;
    int padded = Math.addExact(Math.addExact(in, settings.pads[d]), settings.pads[2 + d]);
    if (padded < reach) {
      throw new Malformed("a kernel of " + reach + " over " + padded + " values");
    }
    return (padded - reach) / settings.steps[d] + 1;
  }

  private static float[] bias(Planner plan, Node node, int outputs) {
    float[] given = node.has(2) ? plan.real(node, 2).realValues() : new float[outputs];
    if (given.length != outputs) {
      throw new Malformed("a bias for " + given.length + " channels of " + outputs);
    }
    return given;
  }

  /** One image of [channels, height, width]. */
  private static void rows(Planner plan, View x, Kernel kernels, View out) {
    Settings settings = kernels.settings;
    float[] weights = kernels.weights;
    int[] k = kernels.dims;
    int step = settings.steps[1];
    int padding = settings.pads[1];
    int width = out.dims()[2];
    int low = Math.floorDiv(-padding, step);
    int high = Math.floorDiv((k[3] - 1) * settings.dilations[1] - padding, step) + width;
    Rows rows = phases(plan, x, step, low, high);
    int inputs = k[1];
    int outputs = k[0] / settings.groups;
    List<WeightedRows.Call> calls = new ArrayList<>();
    Packing packing = new Packing();
    for (int h = 0; h < out.dims()[1]; h++) {
      for (int g = 0; g < settings.groups; g++) {
        List<Integer> taps = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        for (int c = 0; c < inputs; c++) {
          for (int kh = 0; kh < k[2]; kh++) {
            int from = h * settings.steps[0] - settings.pads[0] + kh * settings.dilations[0];
            if (from < 0 || from >= x.dims()[1]) {
              continue;
            }
            for (int kw = 0; kw < k[3]; kw++) {
              int shift = kw * settings.dilations[1] - padding;
              taps.add((c * k[2] + kh) * k[3] + kw);
              starts.add(
                  rows.at(
                      g * inputs + c,
                      from,
                      Math.floorMod(shift, step),
                      Math.floorDiv(shift, step)));
            }
          }
        }
        int kernel = inputs * k[2] * k[3];
        int first = g * outputs * kernel;
        int at =
            packing.add(g, taps, outputs, (output, tap) -> weights[first + output * kernel + tap]);
        calls.add(
            new WeightedRows.Call(
                at,
                taps.size(),
                outputs,
                ints(starts),
                g * outputs,
                g * outputs * out.strides()[0] + h * out.strides()[1],
                out.strides()[0],
                width));
      }
    }
    emit(plan, packing.values(), rows.view, kernels.bias, out, calls);
  }

  private static void emit(
      Planner plan,
      float[] weights,
      View x,
      float[] bias,
      View out,
      List<WeightedRows.Call> calls) {
    if (calls.stream().allMatch(ConvOperators::point)) {
      swapped(plan, weights, x, bias, out, calls);
      return;
    }
    View packed = View.of(Tensor.of(new int[] {weights.length}, weights));
    plan.emit(
        List.of(x),
        ShapeOperators.buffers(out),
        () ->
            new WeightedRows(
                plan.source(packed),
                plan.source(x),
                WeightedRows.Start.rows(bias),
                Planner.place(out),
                calls));
  }

  /** One value for each output, from values that lie side by side. */
  private static boolean point(WeightedRows.Call call) {
    int[] rows = call.rows();
    return call.length() == 1
        && call.stride() == 1
        && rows.length > 0
        && Arrays.equals(rows, WeightedRows.evenly(rows[0], 1, rows.length));
  }

  /** Then the input weights rows of the kernel: those are long. */
  private static void swapped(
      Planner plan,
      float[] weights,
      View x,
      float[] bias,
      View out,
      List<WeightedRows.Call> calls) {
    List<WeightedRows.Call> turned = new ArrayList<>();
    float[] transposed = new float[weights.length];
    for (WeightedRows.Call call : calls) {
      int inner = call.rows().length;
      int count = call.count();
      for (int r = 0; r < count; r++) {
        for (int p = 0; p < inner; p++) {
          transposed[call.weightsAt() + p * count + r] =
              weights[call.weightsAt() + r * call.weightsStride() + p];
        }
      }
      turned.add(
          new WeightedRows.Call(
              call.rows()[0],
              0,
              1,
              WeightedRows.evenly(call.weightsAt(), count, inner),
              call.startAt(),
              call.at(),
              0,
              count));
    }
    View packed = View.of(Tensor.of(new int[] {transposed.length}, transposed));
    plan.emit(
        List.of(x),
        ShapeOperators.buffers(out),
        () ->
            new WeightedRows(
                plan.source(x),
                plan.source(packed),
                WeightedRows.Start.columns(bias),
                Planner.place(out),
                turned));
  }

  /**
   * The rows of the input from index {@code low} to {@code high} of each phase, with zeros beyond
   * the ends; the input itself where it has what is needed.
   */
  private static Rows phases(Planner plan, View given, int step, int low, int high) {
    View x = plan.rows(given);
    int width = x.dims()[2];
    if (step == 1 && low >= 0 && high <= width) {
      return new Rows(
          x.with(
              x.offset(),
              new int[] {x.dims()[0], x.dims()[1], 1, width},
              new int[] {x.strides()[0], x.strides()[1], 0, 1}),
          0);
    }
    View padded = plan.fresh(x.dims()[0], x.dims()[1], step, high - low);
    int count = padded.count();
    plan.emit(
        List.of(),
        ShapeOperators.buffers(padded),
        () -> new Fill(Planner.place(padded), 0, count, new float[1]));
    for (int phase = 0; phase < step; phase++) {
      int first = Math.max(low, 0);
      int last = Math.min(high, (width - phase + step - 1) / step);
      if (last > first) {
        View from = x.slice(2, first * step + phase, last - first, step);
        View to = padded.slice(3, first - low, last - first, 1).at(2, phase);
        plan.copy(from, to);
      }
    }
    return new Rows(padded, low);
  }

  static void convTranspose(Planner plan, Node node) {
    View input = plan.real(node, 0);
    int spatial = input.rank() - 2;
    if (spatial != 1 && spatial != 2) {
      throw new Malformed(spatial + " dimensions");
    }
    if (node.attributes().containsKey("output_shape")) {
      throw new Malformed("a shape of its own");
    }
    Settings settings = Settings.of(node, spatial);
    View x = spatial == 1 ? input.unsqueeze(2) : input;
    View given = plan.real(node, 1);
    View kernel = spatial == 1 ? given.unsqueeze(2) : given;
    float[] weights = kernel.constant() ? kernel.realValues() : missing();
    int[] k = kernel.dims();
    int groups = settings.groups;
    if (groups < 1 || k[0] != x.dims()[1] || k[0] % groups != 0) {
      throw new Malformed("channels that do not fit");
    }
    int outputs = Math.multiplyExact(k[1], groups);
    int height = transposedSize(x.dims()[2], k[2], 0, settings);
    int width = transposedSize(x.dims()[3], k[3], 1, settings);
    View out = plan.fresh(x.dims()[0], outputs, height, width);
    int step = settings.steps[1];
    Kernel kernels = new Kernel(settings, weights, k, bias(plan, node, outputs));
    for (int n = 0; n < x.dims()[0]; n++) {
      for (int phase = 0; phase < Math.min(step, width); phase++) {
        View to = out.at(0, n).slice(2, phase, (width - phase + step - 1) / step, step);
        View rows = to;
        if (step > 1) {
          rows = plan.fresh(to.dims());
        }
        phase(plan, x.at(0, n), kernels, phase, rows);
        if (step > 1) {
          plan.copy(rows, to);
        }
      }
    }
    plan.out(node, 0, spatial == 1 ? out.squeeze(2) : out);
  }

  private static int transposedSize(int in, int kernel, int d, Settings settings) {
    int size =
        settings.steps[d] * (in - 1)
            + settings.extra[d]
            + settings.dilations[d] * (kernel - 1)
            + 1
            - settings.pads[d]
            - settings.pads[2 + d];
    if (size < 1) {
      throw new Malformed("nothing is left");
    }
    return size;
  }

  /** Every {@code step}-th output of each row, from {@code phase} on. */
  private static void phase(Planner plan, View x, Kernel kernels, int phase, View out) {
    Settings settings = kernels.settings;
    float[] weights = kernels.weights;
    int[] k = kernels.dims;
    int step = settings.steps[1];
    List<Integer> columns = new ArrayList<>();
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    int width = out.dims()[2];
    for (int kw = 0; kw < k[3]; kw++) {
      int from = phase + settings.pads[1] - kw * settings.dilations[1];
      if (Math.floorMod(from, step) == 0) {
        columns.add(kw);
        low = Math.min(low, Math.floorDiv(from, step));
        high = Math.max(high, Math.floorDiv(from, step) + width);
      }
    }
    // Without a column the outputs of the phase are the bias alone.
    Rows rows = columns.isEmpty() ? phases(plan, x, 1, 0, 1) : phases(plan, x, 1, low, high);
    int inputs = k[0] / settings.groups;
    int outputs = k[1];
    int area = k[2] * k[3];
    Packing packing = new Packing();
    List<WeightedRows.Call> calls = new ArrayList<>();
    for (int h = 0; h < out.dims()[1]; h++) {
      for (int g = 0; g < settings.groups; g++) {
        List<Integer> taps = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        for (int c = 0; c < inputs; c++) {
          for (int kh = 0; kh < k[2]; kh++) {
            int from = h + settings.pads[0] - kh * settings.dilations[0];
            if (Math.floorMod(from, settings.steps[0]) != 0
                || from < 0
                || from / settings.steps[0] >= x.dims()[1]) {
              continue;
            }
            for (int kw : columns) {
              int shift = phase + settings.pads[1] - kw * settings.dilations[1];
              taps.add(c * outputs * area + kh * k[3] + kw);
              starts.add(
                  rows.at(g * inputs + c, from / settings.steps[0], 0, Math.floorDiv(shift, step)));
            }
          }
        }
        int first = g * inputs * outputs * area;
        int at =
            packing.add(g, taps, outputs, (output, tap) -> weights[first + output * area + tap]);
        calls.add(
            new WeightedRows.Call(
                at,
                taps.size(),
                outputs,
                ints(starts),
                g * outputs,
                g * outputs * out.strides()[0] + h * out.strides()[1],
                out.strides()[0],
                width));
      }
    }
    emit(plan, packing.values(), rows.view, kernels.bias, out, calls);
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Weights in the order in which they are used; outputs of the same taps share theirs. */
  private static final class Packing {

    @FunctionalInterface
    private interface Weight {
      float of(int output, int tap);
    }

    private final java.util.Map<List<Integer>, Integer> known = new java.util.HashMap<>();
    private float[] values = new float[256];
    private int length;

    int add(int group, List<Integer> taps, int outputs, Weight weight) {
      List<Integer> key = new ArrayList<>(taps);
      key.add(group);
      Integer place = known.get(key);
      if (place != null) {
        return place;
      }
      int at = length;
      int more = Math.multiplyExact(taps.size(), outputs);
      if (length + more > values.length) {
        values = Arrays.copyOf(values, Math.max(2 * values.length, length + more));
      }
      for (int output = 0; output < outputs; output++) {
        for (int tap : taps) {
          values[length++] = weight.of(output, tap);
        }
      }
      known.put(key, at);
      return at;
    }

    float[] values() {
      return Arrays.copyOf(values, length);
    }
  }
}
