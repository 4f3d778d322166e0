package dev.parley.gpu.graph;

import java.util.Map;
import java.util.TreeMap;

/** The operators that the executor knows, by their ONNX names. */
final class Operators {

  /** Adds to a plan what computes one node. */
  @FunctionalInterface
  interface Operator {

    void build(Planner plan, Node node);
  }

  private static final Map<String, Operator> KNOWN = new TreeMap<>();

  static {
    ShapeOperators.register(KNOWN);
    ElementOperators.register(KNOWN);
    KNOWN.put("MatMul", MatrixOperators::matMul);
    KNOWN.put("Gemm", MatrixOperators::gemm);
    KNOWN.put("Einsum", MatrixOperators::einsum);
    KNOWN.put("Conv", ConvOperators::conv);
    KNOWN.put("ConvTranspose", ConvOperators::convTranspose);
    KNOWN.put("GRU", Recurrence::gru);
    KNOWN.put("LSTM", Recurrence::lstm);
  }

  private Operators() {}

  static boolean knows(String name) {
    return KNOWN.containsKey(name);
  }

  static Operator find(String name) {
    Operator operator = KNOWN.get(name);
    if (operator == null) {
      throw new Malformed("it needs the operator " + name + ", which is not known here");
    }
    return operator;
  }
}
