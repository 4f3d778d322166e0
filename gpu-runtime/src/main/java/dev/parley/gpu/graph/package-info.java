/**
 * A small executor of ONNX files for one thread of this processor: a plan of loops over one array,
 * made once for each shape. It exists for networks of hundreds of tiny nodes, where a general
 * runtime spends its time between the nodes; it knows float32 and the operators listed in {@link
 * dev.parley.gpu.graph.Operators}, and refuses the rest by name.
 */
@NullMarked
package dev.parley.gpu.graph;

import org.jspecify.annotations.NullMarked;
