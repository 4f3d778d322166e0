package dev.parley.gpu.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.DeviceSettings;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.ModelRuntime;
import dev.parley.gpu.device.Shapes;
import dev.parley.gpu.onnx.OnnxRuntime;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One operator at a time, on this executor and on ONNX Runtime. */
class OperatorsTest {

  private static final long MOST = Long.MAX_VALUE;

  /** A file with inputs {@code x} and perhaps {@code y}, and the output {@code z}. */
  record Case(String name, OnnxWriter file, Shapes shapes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        two("Add", dims(2, 3, 5), dims(3, 1), dims(2, 3, 5)),
        two("Add", dims(3, 1), dims(2, 3, 17), dims(2, 3, 17)),
        two("Sub", dims(1, 5), dims(4, 5), dims(4, 5)),
        two("Sub", dims(4, 1), dims(4, 5), dims(4, 5)),
        two("Mul", dims(2, 33), dims(2, 33), dims(2, 33)),
        two("Mul", dims(1), dims(2, 33), dims(2, 33)),
        two("Div", dims(3, 4), dims(3, 1), dims(3, 4)),
        two("PRelu", dims(2, 3, 20), dims(3, 1), dims(2, 3, 20)),
        two("MatMul", dims(2, 3, 5), dims(2, 5, 7), dims(2, 3, 7)),
        two("MatMul", dims(2, 3, 5), dims(5, 33), dims(2, 3, 33)),
        two("MatMul", dims(4, 1, 2, 5), dims(3, 5, 2), dims(4, 3, 2, 2)),
        one("Sqrt of a square", dims(3, 7), dims(3, 7))
            .with("Mul", "x x", "s", Map.of())
            .with("Sqrt", "s", "z", Map.of())
            .done(),
        one("Log of a sum", dims(3, 7), dims(3, 7))
            .with("Mul", "x x", "s", Map.of())
            .floats("one", dims(), 1)
            .with("Add", "s one", "t", Map.of())
            .with("Log", "t", "z", Map.of())
            .done(),
        one("Exp", dims(3, 7), dims(3, 7)).with("Exp", "x", "z", Map.of()).done(),
        one("Sigmoid", dims(3, 67), dims(3, 67)).with("Sigmoid", "x", "z", Map.of()).done(),
        one("Tanh", dims(3, 67), dims(3, 67)).with("Tanh", "x", "z", Map.of()).done(),
        one("Relu", dims(3, 7), dims(3, 7)).with("Relu", "x", "z", Map.of()).done(),
        one("Clip", dims(3, 7), dims(3, 7))
            .floats("low", dims(), -0.5f)
            .with("Clip", "x low", "z", Map.of())
            .done(),
        one("Pow", dims(3, 7), dims(3, 7))
            .floats("two", dims(), 2)
            .with("Pow", "x two", "z", Map.of())
            .done(),
        one("leaky by Where", dims(1, 3, 1, 20), dims(1, 3, 1, 20))
            .floats("zero", dims(), 0)
            .floats("slope", dims(1, 3, 1, 1), 0.1f, -0.3f, 2)
            .with("Greater", "x zero", "g", Map.of())
            .with("Mul", "slope x", "m", Map.of())
            .with("Where", "g x m", "z", Map.of())
            .done(),
        one("ReduceMean of the last", dims(2, 3, 9), dims(2, 3))
            .with("ReduceMean", "x", "z", Map.of("axes", dims(-1), "keepdims", 0))
            .done(),
        one("ReduceMean of the middle", dims(2, 3, 9), dims(2, 1, 9))
            .with("ReduceMean", "x", "z", Map.of("axes", dims(1)))
            .done(),
        one("ReduceSum of two", dims(2, 3, 4, 5), dims(2, 1, 4, 1))
            .with("ReduceSum", "x", "z", Map.of("axes", dims(1, 3)))
            .done(),
        one("Transpose", dims(2, 3, 4), dims(4, 2, 3))
            .with("Transpose", "x", "z", Map.of("perm", dims(2, 0, 1)))
            .done(),
        one("Reshape of a Transpose", dims(2, 3, 4), dims(4, 6))
            .integers("to", dims(2), 4, -1)
            .with("Transpose", "x", "t", Map.of("perm", dims(2, 0, 1)))
            .with("Reshape", "t to", "z", Map.of())
            .done(),
        one("Squeeze and Unsqueeze", dims(2, 1, 4), dims(1, 2, 4, 1))
            .with("Squeeze", "x", "s", Map.of("axes", dims(1)))
            .with("Unsqueeze", "s", "z", Map.of("axes", dims(0, -1)))
            .done(),
        one("Slice with steps", dims(5, 9), dims(2, 4))
            .integers("from", dims(2), 1, -2)
            .integers("to", dims(2), MOST, 0)
            .integers("axes", dims(2), 0, 1)
            .integers("steps", dims(2), 2, -2)
            .with("Slice", "x from to axes steps", "z", Map.of())
            .done(),
        one("Split", dims(2, 6), dims(2, 2))
            .with("Split", "x", "a b c", Map.of("axis", 1))
            .with("Sub", "c a", "z", Map.of())
            .done(),
        one("Gather of a window", dims(1, 8, 7), dims(1, 8, 3, 5))
            .integers("i", dims(3, 5), 0, 1, 2, 3, 4, 1, 2, 3, 4, 5, 2, 3, 4, 5, 6)
            .with("Gather", "x i", "z", Map.of("axis", 2))
            .done(),
        one("Gather in no order", dims(4, 7), dims(4, 3))
            .integers("i", dims(3), 5, 0, -1)
            .with("Gather", "x i", "z", Map.of("axis", 1))
            .done(),
        one("Concat", dims(2, 3, 4), dims(2, 6, 4))
            .with("Concat", "x x", "z", Map.of("axis", -2))
            .done(),
        one("Expand", dims(3, 1), dims(2, 3, 4))
            .integers("to", dims(3), 2, 1, 4)
            .with("Expand", "x to", "z", Map.of())
            .done(),
        one("Pad", dims(1, 3, 5), dims(1, 4, 8))
            .integers("pads", dims(6), 0, 1, 2, 0, 0, 1)
            .floats("value", dims(), 7)
            .with("Pad", "x pads value", "z", Map.of())
            .done(),
        one("Pad by reflection", dims(1, 2, 5), dims(1, 2, 9))
            .integers("pads", dims(6), 0, 0, 1, 0, 0, 3)
            .with("Pad", "x pads", "z", Map.of("mode", "reflect"))
            .done(),
        two("ScatterND", dims(4, 5), dims(2, 5), dims(4, 5), dims(2, 1), 3, 1),
        one("BatchNormalization", dims(1, 2, 3, 4), dims(1, 2, 3, 4))
            .floats("a", dims(2), 1, 2)
            .floats("b", dims(2), 3, 4)
            .floats("c", dims(2), -1, 1)
            .floats("d", dims(2), 2, 0.1f)
            .with("BatchNormalization", "x a b c d", "z", Map.of("epsilon", 1e-3f))
            .done(),
        conv("Conv", dims(1, 4, 5, 33), dims(6, 4, 1, 1), dims(1, 6, 5, 33), Map.of()),
        conv(
            "Conv",
            dims(2, 4, 5, 33),
            dims(6, 2, 3, 5),
            dims(2, 6, 3, 16),
            Map.of(
                "group",
                2,
                "strides",
                dims(1, 2),
                "pads",
                dims(0, 1, 0, 2),
                "kernel_shape",
                dims(3, 5))),
        conv(
            "Conv",
            dims(1, 8, 7, 9),
            dims(8, 1, 3, 3),
            dims(1, 8, 4, 9),
            Map.of(
                "group",
                8,
                "dilations",
                dims(2, 1),
                "pads",
                dims(1, 1, 0, 1),
                "kernel_shape",
                dims(3, 3))),
        conv("Conv", dims(1, 20, 1), dims(9, 20, 1), dims(1, 9, 1), Map.of()),
        conv(
            "Conv",
            dims(1, 3, 20),
            dims(4, 3, 3),
            dims(1, 4, 7),
            Map.of("strides", dims(3), "pads", dims(1, 0), "kernel_shape", dims(3))),
        conv(
            "ConvTranspose",
            dims(1, 4, 1, 33),
            dims(4, 3, 1, 5),
            dims(1, 6, 1, 65),
            Map.of(
                "group",
                2,
                "strides",
                dims(1, 2),
                "pads",
                dims(0, 2, 0, 2),
                "kernel_shape",
                dims(1, 5))),
        conv(
            "ConvTranspose",
            dims(1, 4, 3, 8),
            dims(4, 1, 1, 3),
            dims(1, 4, 3, 16),
            Map.of(
                "group",
                4,
                "strides",
                dims(1, 2),
                "pads",
                dims(0, 1, 0, 1),
                "output_padding",
                dims(0, 1),
                "kernel_shape",
                dims(1, 3))),
        conv(
            "ConvTranspose",
            dims(1, 2, 3, 5),
            dims(2, 3, 2, 2),
            dims(1, 3, 6, 14),
            Map.of("strides", dims(2, 3), "kernel_shape", dims(2, 2))),
        recurrent("GRU", 3, 5, 1, 4, "forward"),
        recurrent("GRU", 3, 5, 1, 4, "bidirectional"),
        recurrent("GRU", 3, 2, 6, 8, "reverse"),
        recurrent("GRU", 3, 1, 33, 8, "forward"),
        recurrent("LSTM", 4, 3, 1, 20, "forward"),
        recurrent("LSTM", 4, 3, 5, 4, "bidirectional"),
        einsum());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsOnnxRuntimeDoes(Case given) {
    byte[] file = given.file().file();
    try (ModelRuntime theirs =
            new OnnxRuntime(new DeviceSettings(DeviceSettings.Wish.CPU, 0, 0), _ -> {});
        ModelRuntime ours = new GraphRuntime();
        Model reference = theirs.load("reference", file);
        Model model = ours.load("model", file);
        Binding wanted = reference.bind(given.shapes());
        Binding found = model.bind(given.shapes())) {
      Random random = new Random(5);
      for (int run = 0; run < 2; run++) {
        for (String name : given.shapes().inputs().keySet()) {
          for (int i = 0; i < wanted.input(name).capacity(); i++) {
            float value = (float) random.nextGaussian();
            wanted.input(name).put(i, value);
            found.input(name).put(i, value);
          }
        }
        wanted.run();
        found.run();
        FloatBuffer expected = wanted.output("z");
        for (int i = 0; i < expected.capacity(); i++) {
          float value = expected.get(i);
          assertThat(found.output("z").get(i))
              .describedAs("value " + i)
              .isCloseTo(value, within(2e-6f + 1e-5f * Math.abs(value)));
        }
      }
    }
  }

  private static long[] dims(long... dims) {
    return dims;
  }

  /** A case while it is put together. */
  private record Draft(String name, OnnxWriter file, Shapes shapes) {

    Draft with(String op, String inputs, String outputs, Map<String, Object> attributes) {
      file.node(op, inputs, outputs, attributes);
      return this;
    }

    Draft floats(String tensor, long[] dims, float... values) {
      file.floats(tensor, dims, values);
      return this;
    }

    Draft integers(String tensor, long[] dims, long... values) {
      file.integers(tensor, dims, values);
      return this;
    }

    Case done() {
      return new Case(name, file, shapes);
    }
  }

  private static Draft one(String name, long[] x, long[] z) {
    return new Draft(
        name, new OnnxWriter(11).input("x", x).output("z", z), new Shapes().in("x", x).out("z", z));
  }

  private static Case two(String op, long[] x, long[] y, long[] z) {
    return draft(op, x, y, z).with(op, "x y", "z", Map.of()).done();
  }

  private static Case two(
      String op, long[] x, long[] y, long[] z, long[] indexDims, long... index) {
    return draft(op, x, y, z)
        .integers("i", indexDims, index)
        .with(op, "x i y", "z", Map.of())
        .done();
  }

  private static Draft draft(String op, long[] x, long[] y, long[] z) {
    return new Draft(
        op,
        new OnnxWriter(11).input("x", x).input("y", y).output("z", z),
        new Shapes().in("x", x).in("y", y).out("z", z));
  }

  private static Case conv(
      String op, long[] x, long[] w, long[] z, Map<String, Object> attributes) {
    return one(op, x, z)
        .floats("w", w, noise(w))
        .floats("b", dims(z[1]), noise(dims(z[1])))
        .with(op, "x w b", "z", attributes)
        .done();
  }

  private static Case recurrent(
      String op, int gates, int times, int streams, int units, String direction) {
    int directions = direction.equals("bidirectional") ? 2 : 1;
    int inputs = 3;
    long[] state = dims(directions, streams, units);
    long[] w = dims(directions, (long) gates * units, inputs);
    long[] r = dims(directions, (long) gates * units, units);
    long[] b = dims(directions, 2L * gates * units);
    Map<String, Object> attributes =
        op.equals("GRU")
            ? Map.of("hidden_size", units, "direction", direction, "linear_before_reset", 1)
            : Map.of("hidden_size", units, "direction", direction);
    Draft draft =
        draft(op, dims(times, streams, inputs), state, dims(times + 1, directions, streams, units));
    draft
        .floats("w", w, noise(w))
        .floats("r", r, noise(r))
        .floats("b", b, noise(b))
        .with(op, op.equals("GRU") ? "x w r b - y" : "x w r b - y y", "all last", attributes)
        .with("Unsqueeze", "last", "end", Map.of("axes", dims(0)))
        .with("Concat", "all end", "z", Map.of("axis", 0));
    return draft.done();
  }

  private static Case einsum() {
    long[] w = dims(3, 4, 5);
    return new Draft(
            "Einsum",
            new OnnxWriter(12).input("x", 1, 2, 3, 4).output("z", 1, 2, 3, 5),
            new Shapes().in("x", 1, 2, 3, 4).out("z", 1, 2, 3, 5))
        .floats("w", w, noise(w))
        .with("Einsum", "x w", "z", Map.of("equation", "btgi,gih->btgh"))
        .done();
  }

  private static float[] noise(long[] dims) {
    Random random = new Random(dims.length);
    float[] noise = new float[Shapes.count(dims)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (0.5 * random.nextGaussian());
    }
    return noise;
  }
}
