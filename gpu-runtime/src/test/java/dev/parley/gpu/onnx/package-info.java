@NullMarked
package dev.parley.gpu.onnx;

import org.jspecify.annotations.NullMarked;
