/**
 * The inner loops of the kernels, each as an interface with two forms: plain Java, and the vector
 * instructions of the machine. Knows arrays; knows no signal, rate or model.
 */
@NullMarked
package dev.parley.gpu.simd;

import org.jspecify.annotations.NullMarked;
