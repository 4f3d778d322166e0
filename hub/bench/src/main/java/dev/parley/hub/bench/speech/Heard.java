package dev.parley.hub.bench.speech;

/**
 * What became of a call.
 *
 * @param good whether it was answered whole
 * @param firstNanos from the request to the first byte of sound; 0 when there was none
 * @param totalNanos from the request to the end
 * @param gapNanos longest time for which somebody who plays the sound as it comes had nothing to
 *     play; 0 when that never happened or cannot be told
 */
record Heard(boolean good, long firstNanos, long totalNanos, long gapNanos) {

  boolean ranDry() {
    return gapNanos > 0;
  }

  double firstMillis() {
    return firstNanos / 1e6;
  }

  double totalMillis() {
    return totalNanos / 1e6;
  }
}
