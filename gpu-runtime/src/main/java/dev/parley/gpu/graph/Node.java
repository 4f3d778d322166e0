package dev.parley.gpu.graph;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a graph. Inputs that are left out have an empty name.
 *
 * @param attributes Long, Float, String, Tensor, Graph, long[] or float[] by name
 */
record Node(String op, List<String> inputs, List<String> outputs, Map<String, Object> attributes) {

  boolean has(int input) {
    return input < inputs.size() && !inputs.get(input).isEmpty();
  }

  int integer(String name, int otherwise) {
    return attributes.get(name) instanceof Long value ? Math.toIntExact(value) : otherwise;
  }

  float real(String name, float otherwise) {
    return attributes.get(name) instanceof Float value ? value : otherwise;
  }

  String text(String name, String otherwise) {
    return attributes.get(name) instanceof String value ? value : otherwise;
  }

  long @Nullable [] integers(String name) {
    return attributes.get(name) instanceof long[] values ? values : null;
  }

  int[] integers(String name, int count, int otherwise) {
    int[] found = new int[count];
    if (attributes.get(name) instanceof long[] values) {
      if (values.length != count) {
        throw new Malformed(op + ": " + name + " has " + values.length + " values");
      }
      for (int i = 0; i < count; i++) {
        found[i] = Math.toIntExact(values[i]);
      }
    } else {
      java.util.Arrays.fill(found, otherwise);
    }
    return found;
  }
}
