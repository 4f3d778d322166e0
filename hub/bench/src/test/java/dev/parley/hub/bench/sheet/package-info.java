/** Tests of what the benchmark of the kernels counts and prints, not of what it measures. */
@NullMarked
package dev.parley.hub.bench.sheet;

import org.jspecify.annotations.NullMarked;
