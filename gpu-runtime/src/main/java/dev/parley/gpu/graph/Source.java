package dev.parley.gpu.graph;

import org.jspecify.annotations.Nullable;

/**
 * Where a step reads: in the values of the run, or in constants.
 *
 * @param at place of the first value
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Source(float @Nullable [] constants, int at) {

  float[] in(float[] values) {
    return constants == null ? values : constants;
  }
}
