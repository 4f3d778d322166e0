package dev.parley.gpu.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** Writes small ONNX files for tests. */
final class OnnxWriter {

  private final ByteArrayOutputStream graph = new ByteArrayOutputStream();
  private final int opset;

  OnnxWriter(int opset) {
    this.opset = opset;
  }

  @FunctionalInterface
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void add(int field, byte[] value) {
    graph.writeBytes(message(out -> out.writeByteArray(field, value)));
  }

  OnnxWriter input(String name, long... dims) {
    add(11, value(name, dims));
    return this;
  }

  OnnxWriter output(String name, long... dims) {
    add(12, value(name, dims));
    return this;
  }

  private static byte[] value(String name, long... dims) {
    byte[] shape =
        message(out -> {
          for (long dim : dims) {
            out.writeByteArray(1, message(inner -> inner.writeInt64(1, dim)));
          }
        });
    byte[] tensor =
        message(out -> {
          out.writeInt32(1, 1);
          out.writeByteArray(2, shape);
        });
    byte[] type = message(out -> out.writeByteArray(1, tensor));
    return message(out -> {
      out.writeString(1, name);
      out.writeByteArray(2, type);
    });
  }

  OnnxWriter floats(String name, long[] dims, float... values) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return tensor(name, dims, 1, raw.array());
  }

  OnnxWriter integers(String name, long[] dims, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    return tensor(name, dims, 7, raw.array());
  }

  private OnnxWriter tensor(String name, long[] dims, int type, byte[] raw) {
    add(
        5,
        message(out -> {
          for (long dim : dims) {
            out.writeInt64(1, dim);
          }
          out.writeInt32(2, type);
          out.writeString(8, name);
          out.writeBytes(9, ByteString.copyFrom(raw));
        }));
    return this;
  }

  /** Names are separated by blanks; a name of {@code -} is left out. */
  OnnxWriter node(String op, String inputs, String outputs, Map<String, Object> attributes) {
    add(
        1,
        message(out -> {
          for (String name : inputs.split(" ", -1)) {
            out.writeString(1, name.equals("-") ? "" : name);
          }
          for (String name : outputs.split(" ", -1)) {
            out.writeString(2, name.equals("-") ? "" : name);
          }
          out.writeString(4, op);
          for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            out.writeByteArray(5, attribute(attribute.getKey(), attribute.getValue()));
          }
        }));
    return this;
  }

  private static byte[] attribute(String name, Object value) {
    return message(out -> {
      out.writeString(1, name);
      switch (value) {
        case Integer number -> {
          out.writeInt64(3, number);
          out.writeInt32(20, 2);
        }
        case Float number -> {
          out.writeFloat(2, number);
          out.writeInt32(20, 1);
        }
        case String text -> {
          out.writeString(4, text);
          out.writeInt32(20, 3);
        }
        case long[] numbers -> {
          for (long number : numbers) {
            out.writeInt64(8, number);
          }
          out.writeInt32(20, 7);
        }
        default -> throw new IllegalArgumentException(name);
      }
    });
  }

  byte[] file() {
    byte[] named =
        message(out -> {
          out.writeRawBytes(graph.toByteArray());
          out.writeString(2, "test");
        });
    byte[] operators = message(out -> out.writeInt64(2, opset));
    return message(out -> {
      out.writeInt64(1, 7);
      out.writeByteArray(7, named);
      out.writeByteArray(8, operators);
    });
  }
}
