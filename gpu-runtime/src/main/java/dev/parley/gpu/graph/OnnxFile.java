package dev.parley.gpu.graph;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the wire form of an ONNX file (onnx.proto3 of the ONNX project, IR versions 3 and later).
 * Every size is held against the bytes that are there before anything of that size is made.
 */
final class OnnxFile {

  private static final int NODES_MAX = 20_000;
  private static final int DEPTH_MAX = 8;

  private static final int FLOAT = 1;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int BOOL = 9;

  private int nodes;

  private OnnxFile() {}

  static Graph read(byte[] bytes) {
    try {
      return new OnnxFile().model(CodedInputStream.newInstance(bytes));
    } catch (IOException | ArithmeticException | IllegalArgumentException e) {
      throw new Malformed("not an ONNX file: " + e.getMessage());
    }
  }

  private Graph model(CodedInputStream in) throws IOException {
    byte[] graph = null;
    int opset = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 7 -> graph = in.readByteArray();
        case 8 -> opset = Math.max(opset, opset(in.readByteArray()));
        default -> skip(in, tag);
      }
    }
    if (graph == null) {
      throw new Malformed("not an ONNX file: it has no graph");
    }
    return graph(graph, opset, 0);
  }

  private static int opset(byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    String domain = "";
    long version = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> domain = in.readString();
        case 2 -> version = in.readInt64();
        default -> skip(in, tag);
      }
    }
    return domain.isEmpty() || domain.equals("ai.onnx") ? Math.toIntExact(version) : 0;
  }

  private Graph graph(byte[] bytes, int opset, int depth) throws IOException {
    if (depth > DEPTH_MAX) {
      throw new Malformed("graphs within graphs, more than " + DEPTH_MAX + " deep");
    }
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    List<Node> found = new ArrayList<>();
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Tensor> constants = new LinkedHashMap<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> found.add(node(in.readByteArray(), opset, depth));
        case 5 -> {
          Named tensor = tensor(in.readByteArray());
          constants.put(tensor.name(), tensor.tensor());
        }
        case 11 -> inputs.add(name(in.readByteArray()));
        case 12 -> outputs.add(name(in.readByteArray()));
        default -> skip(in, tag);
      }
    }
    inputs.removeAll(constants.keySet());
    return new Graph(opset, List.copyOf(inputs), List.copyOf(outputs), found, constants);
  }

  private static String name(byte[] value) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(value);
    String name = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 1) {
        name = in.readString();
      } else {
        skip(in, tag);
      }
    }
    return name;
  }

  private Node node(byte[] bytes, int opset, int depth) throws IOException {
    if (++nodes > NODES_MAX) {
      throw new Malformed("more than " + NODES_MAX + " nodes");
    }
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Object> attributes = new HashMap<>();
    String op = "";
    String domain = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> inputs.add(in.readString());
        case 2 -> outputs.add(in.readString());
        case 4 -> op = in.readString();
        case 5 -> attribute(in.readByteArray(), opset, depth, attributes);
        case 7 -> domain = in.readString();
        default -> skip(in, tag);
      }
    }
    boolean standard = domain.isEmpty() || domain.equals("ai.onnx");
    return new Node(standard ? op : domain + "." + op, inputs, outputs, attributes);
  }

  private void attribute(byte[] bytes, int opset, int depth, Map<String, Object> into)
      throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    String name = "";
    Object value = null;
    int type = 0;
    Numbers floats = new Numbers();
    Numbers integers = new Numbers();
    List<String> strings = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> name = in.readString();
        case 2 -> value = in.readFloat();
        case 3 -> value = in.readInt64();
        case 4 -> value = new String(in.readByteArray(), StandardCharsets.UTF_8);
        case 5 -> value = tensor(in.readByteArray()).tensor();
        case 6 -> value = graph(in.readByteArray(), opset, depth + 1);
        case 7 -> floats.read(in, tag, FLOAT);
        case 8 -> integers.read(in, tag, INT64);
        case 9 -> strings.add(new String(in.readByteArray(), StandardCharsets.UTF_8));
        case 20 -> type = in.readInt32();
        default -> skip(in, tag);
      }
    }
    if (floats.count > 0) {
      value = floats.floats();
    } else if (integers.count > 0) {
      value = integers.integers();
    } else if (!strings.isEmpty()) {
      value = List.copyOf(strings);
    }
    if (value == null && (type == 1 || type == 2)) {
      // A zero may be left out; a list that is empty means the default, as one that is absent.
      value = type == 1 ? (Object) 0f : (Object) 0L;
    }
    if (value != null) {
      into.put(name, value);
    }
  }

  private record Named(String name, Tensor tensor) {}

  private static Named tensor(byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    Numbers dims = new Numbers();
    Numbers values = new Numbers();
    byte[] raw = null;
    int type = 0;
    String name = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> dims.read(in, tag, INT64);
        case 2 -> type = in.readInt32();
        case 4 -> values.read(in, tag, FLOAT);
        case 5, 7 -> values.read(in, tag, INT64);
        case 8 -> name = in.readString();
        case 9 -> raw = in.readByteArray();
        case 13, 14 -> throw new Malformed("tensor " + name + " lies outside of the file");
        default -> skip(in, tag);
      }
    }
    int[] shape = new int[dims.count];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = Math.toIntExact(dims.values[i]);
    }
    int count = Tensor.count(shape);
    return new Named(
        name,
        switch (type) {
          case FLOAT -> Tensor.of(shape, raw == null ? values.floats() : floats(raw, count));
          case INT64, INT32, BOOL ->
              Tensor.of(shape, raw == null ? values.integers() : integers(raw, count, type));
          default -> throw new Malformed("tensor " + name + " is of the unknown type " + type);
        });
  }

  private static float[] floats(byte[] raw, int count) {
    if (raw.length != 4L * count) {
      throw new Malformed(raw.length + " bytes for " + count + " floats");
    }
    float[] values = new float[count];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static long[] integers(byte[] raw, int count, int type) {
    int size = type == INT64 ? 8 : type == INT32 ? 4 : 1;
    if (raw.length != (long) size * count) {
      throw new Malformed(raw.length + " bytes for " + count + " whole numbers");
    }
    ByteBuffer in = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = size == 8 ? in.getLong() : size == 4 ? in.getInt() : in.get();
    }
    return values;
  }

  private static void skip(CodedInputStream in, int tag) throws IOException {
    in.skipField(tag);
  }

  /** Numbers of a repeated field, packed or one by one; floats as their bits. */
  private static final class Numbers {
    private long[] values = new long[4];
    private int count;

    void read(CodedInputStream in, int tag, int type) throws IOException {
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int limit = in.pushLimit(in.readRawVarint32());
        while (!in.isAtEnd()) {
          add(one(in, type));
        }
        in.popLimit(limit);
      } else {
        add(one(in, type));
      }
    }

    private static long one(CodedInputStream in, int type) throws IOException {
      return type == FLOAT ? in.readFixed32() : in.readInt64();
    }

    private void add(long value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    long[] integers() {
      return Arrays.copyOf(values, count);
    }

    float[] floats() {
      float[] floats = new float[count];
      for (int i = 0; i < count; i++) {
        floats[i] = Float.intBitsToFloat((int) values[i]);
      }
      return floats;
    }
  }
}
