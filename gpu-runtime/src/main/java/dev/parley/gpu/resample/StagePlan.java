package dev.parley.gpu.resample;

/**
 * One change of rate by {@code up / down}, and where its outputs lie: output {@code j} at {@code
 * (start + j * down) / up}, counted in its input's samples. Products stay below 2 to the 63 for
 * thousands of years of audio.
 */
record StagePlan(long up, long down, long start, LowPass filter) {

  /** The last input at or before an output. */
  long base(long output) {
    return Math.floorDiv(start + output * down, up);
  }

  /** How far an output lies after {@link #base}, in parts of {@code up}. */
  long phase(long output) {
    return Math.floorMod(start + output * down, up);
  }

  /** How many outputs can be worked out from so many inputs. */
  long ready(long inputs) {
    return Math.max(0, Math.ceilDiv((inputs - filter.reach()) * up - start, down));
  }

  /** Most outputs that so many further inputs can lead to. */
  long outputMax(long inputs) {
    return Math.ceilDiv(inputs * up, down);
  }
}
