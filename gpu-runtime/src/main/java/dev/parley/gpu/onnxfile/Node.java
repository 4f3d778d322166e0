package dev.parley.gpu.onnxfile;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One operation of a graph: its kind, the values it reads and makes by name (an empty name is an
 * optional one left out), and its attributes as the file encodes them.
 */
public record Node(
    String kind, List<String> inputs, List<String> outputs, List<ByteString> attributes) {

  // Field numbers of NodeProto in onnx.proto3.
  private static final int INPUT = 1;
  private static final int OUTPUT = 2;
  private static final int OP_TYPE = 4;
  private static final int ATTRIBUTE = 5;

  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = List.copyOf(attributes);
  }

  static Node read(UnknownFieldSet fields) {
    return new Node(
        Wire.text(fields, OP_TYPE),
        Wire.texts(fields, INPUT),
        Wire.texts(fields, OUTPUT),
        fields.getField(ATTRIBUTE).getLengthDelimitedList());
  }

  UnknownFieldSet write() {
    UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();
    fields.mergeField(INPUT, Wire.texts(inputs));
    fields.mergeField(OUTPUT, Wire.texts(outputs));
    fields.mergeField(OP_TYPE, Wire.texts(List.of(kind)));
    UnknownFieldSet.Field.Builder encoded = UnknownFieldSet.Field.newBuilder();
    attributes.forEach(encoded::addLengthDelimited);
    return fields.mergeField(ATTRIBUTE, encoded.build()).build();
  }

  /** The same operation on values of other names. */
  public Node renamed(UnaryOperator<String> name) {
    return new Node(
        kind, inputs.stream().map(name).toList(), outputs.stream().map(name).toList(), attributes);
  }
}
