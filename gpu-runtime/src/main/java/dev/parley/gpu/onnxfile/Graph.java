package dev.parley.gpu.onnxfile;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The graph of an ONNX file (IR version 7, any operator set), to be edited: operations in an order
 * in which they can run, constants, and float32 inputs and outputs, whose dimensions may be a
 * number or a name. What no output needs is left out when it is written. For one thread.
 */
public final class Graph {

  private static final long IR_VERSION = 7;
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int ATTRIBUTE_INT = 2;

  private final long operators;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, ByteString> constants = new LinkedHashMap<>();
  private final List<UnknownFieldSet> inputs = new ArrayList<>();
  private final Map<String, UnknownFieldSet> outputs = new LinkedHashMap<>();

  private Graph(long operators) {
    this.operators = operators;
  }

  /** A graph without operations, for those of an operator set. */
  public static Graph empty(long operators) {
    return new Graph(operators);
  }

  /**
   * The operations and constants of a file; its inputs and outputs are not taken over.
   *
   * @throws IllegalArgumentException when the bytes are no ONNX file
   */
  public static Graph read(byte[] onnx) {
    try {
      UnknownFieldSet model = UnknownFieldSet.parseFrom(onnx);
      List<ByteString> graphs = model.getField(7).getLengthDelimitedList();
      if (graphs.size() != 1) {
        throw new IllegalArgumentException("not an ONNX file: it has no graph");
      }
      Graph graph = new Graph(operators(model));
      UnknownFieldSet fields = Wire.message(graphs.getFirst());
      for (ByteString node : fields.getField(1).getLengthDelimitedList()) {
        graph.nodes.add(Node.read(Wire.message(node)));
      }
      for (ByteString tensor : fields.getField(5).getLengthDelimitedList()) {
        graph.constants.put(Wire.text(Wire.message(tensor), 8), tensor);
      }
      return graph;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not an ONNX file: " + e.getMessage(), e);
    }
  }

  /** The version of the default operator set that the file asks for. */
  private static long operators(UnknownFieldSet model) throws InvalidProtocolBufferException {
    for (ByteString entry : model.getField(8).getLengthDelimitedList()) {
      UnknownFieldSet set = Wire.message(entry);
      if (Wire.text(set, 1).isEmpty() && !set.getField(2).getVarintList().isEmpty()) {
        return set.getField(2).getVarintList().getLast();
      }
    }
    throw new IllegalArgumentException("not an ONNX file: it names no operator set");
  }

  /** Version of the operator set. */
  public long operators() {
    return operators;
  }

  /** The operations; the list may be changed. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Takes over another graph's operations and constants under new names. */
  public void addAll(Graph other, UnaryOperator<String> name) {
    other.nodes.forEach(node -> nodes.add(node.renamed(name)));
    other.constants.forEach((old, tensor) -> constants.put(name.apply(old), tensor));
  }

  /** Adds a vector of whole numbers. */
  public void constant(String name, long... values) {
    UnknownFieldSet.Field.Builder data = UnknownFieldSet.Field.newBuilder();
    for (long value : values) {
      data.addVarint(value);
    }
    constants.put(
        name,
        Wire.fields()
            .mergeField(1, Wire.number(values.length))
            .mergeField(2, Wire.number(INT64))
            .mergeField(7, data.build())
            .build()
            .toByteString());
  }

  /** Declares a float32 input; a dimension is a {@link Number} or a name as a {@link String}. */
  public void input(String name, Object... dimensions) {
    inputs.add(value(name, dimensions));
  }

  /** Declares a float32 output; a dimension is a {@link Number} or a name as a {@link String}. */
  public void output(String name, Object... dimensions) {
    outputs.put(name, value(name, dimensions));
  }

  /** An attribute that is a whole number. */
  public static ByteString attribute(String name, long value) {
    return Wire.fields()
        .mergeField(1, Wire.texts(List.of(name)))
        .mergeField(3, Wire.number(value))
        .mergeField(20, Wire.number(ATTRIBUTE_INT))
        .build()
        .toByteString();
  }

  /** The file: only what its outputs need, with constants renamed to what they are kept as. */
  public byte[] write() {
    Set<String> needed = new HashSet<>(outputs.keySet());
    List<Node> kept = new ArrayList<>();
    for (Node node : nodes.reversed()) {
      if (node.outputs().stream().anyMatch(needed::contains)) {
        kept.add(node);
        needed.addAll(node.inputs());
      }
    }
    UnknownFieldSet.Builder graph = Wire.fields();
    kept.reversed().forEach(node -> graph.mergeField(1, Wire.message(node.write())));
    graph.mergeField(2, Wire.texts(List.of("graph")));
    constants.forEach((name, tensor) -> {
      if (needed.contains(name)) {
        graph.mergeField(5, Wire.bytes(named(tensor, name)));
      }
    });
    inputs.forEach(input -> graph.mergeField(11, Wire.message(input)));
    outputs.values().forEach(output -> graph.mergeField(12, Wire.message(output)));
    UnknownFieldSet set = Wire.fields().mergeField(2, Wire.number(operators)).build();
    return Wire.fields()
        .mergeField(1, Wire.number(IR_VERSION))
        .mergeField(7, Wire.message(graph.build()))
        .mergeField(8, Wire.message(set))
        .build()
        .toByteArray();
  }

  private static ByteString named(ByteString tensor, String name) {
    try {
      return UnknownFieldSet.newBuilder(Wire.message(tensor))
          .addField(8, Wire.texts(List.of(name)))
          .build()
          .toByteString();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a tensor that was read before", e);
    }
  }

  private static UnknownFieldSet value(String name, Object... dimensions) {
    UnknownFieldSet.Builder shape = Wire.fields();
    for (Object dimension : dimensions) {
      UnknownFieldSet.Builder encoded = Wire.fields();
      switch (dimension) {
        case Number number -> encoded.mergeField(1, Wire.number(number.longValue()));
        case String symbol -> encoded.mergeField(2, Wire.texts(List.of(symbol)));
        default -> throw new IllegalArgumentException("dimension: " + dimension);
      }
      shape.mergeField(1, Wire.message(encoded.build()));
    }
    UnknownFieldSet tensor =
        Wire.fields()
            .mergeField(1, Wire.number(FLOAT))
            .mergeField(2, Wire.message(shape.build()))
            .build();
    UnknownFieldSet type = Wire.fields().mergeField(1, Wire.message(tensor)).build();
    return Wire.fields()
        .mergeField(1, Wire.texts(List.of(name)))
        .mergeField(2, Wire.message(type))
        .build();
  }
}
