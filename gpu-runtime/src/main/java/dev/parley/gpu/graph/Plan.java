package dev.parley.gpu.graph;

import java.util.Map;

/**
 * A graph made ready for one set of shapes: steps to run in order over one array. Immutable; each
 * binding has its own array.
 *
 * @param length of that array
 * @param inputs where inputs are written
 * @param outputs where outputs are read
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Plan(int length, Step[] steps, Map<String, Buffer> inputs, Map<String, Buffer> outputs) {

  void run(float[] values) {
    for (Step step : steps) {
      step.run(values);
    }
  }
}
