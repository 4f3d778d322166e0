/** Measures the kernels of this machine as they are used: many signals, in real time. */
@NullMarked
package dev.parley.hub.bench.kernels;

import org.jspecify.annotations.NullMarked;
