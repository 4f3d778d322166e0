/**
 * ONNX Runtime behind the seam of devices: the CPU, and a GPU where its CUDA libraries are there.
 */
@NullMarked
package dev.parley.gpu.onnx;

import org.jspecify.annotations.NullMarked;
