/**
 * ONNX files read, rewritten and written as protobuf trees, without a runtime: for networks whose
 * published form is not the form that a stream needs. Knows the file format, not what runs it.
 */
@NullMarked
package dev.parley.gpu.onnxfile;

import org.jspecify.annotations.NullMarked;
