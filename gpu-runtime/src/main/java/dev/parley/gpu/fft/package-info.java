/** Fourier transforms of real signals, of the sizes that kernels use. */
@NullMarked
package dev.parley.gpu.fft;

import org.jspecify.annotations.NullMarked;
