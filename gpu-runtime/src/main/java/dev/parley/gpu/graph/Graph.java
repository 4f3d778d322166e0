package dev.parley.gpu.graph;

import java.util.List;
import java.util.Map;

/**
 * What an ONNX file says, as far as it matters for a run.
 *
 * @param opset version of the operators
 * @param inputs names of what is fed, without the constants
 */
record Graph(
    int opset,
    List<String> inputs,
    List<String> outputs,
    List<Node> nodes,
    Map<String, Tensor> constants) {}
