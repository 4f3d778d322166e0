package dev.parley.hub.bench.kernels;

import java.util.Arrays;

/**
 * What a detector is worth on frames with labels.
 *
 * @param auc area under the curve of hits over false alarms: how often a frame of speech is more
 *     probable than one without, ties counted by half
 * @param precision share of frames at the threshold or above that are speech
 * @param recall share of frames of speech that are at the threshold or above
 * @param falseAlarms share of other frames that are
 */
record Scores(double auc, double precision, double recall, double falseAlarms) {

  static final double THRESHOLD = 0.5;

  double f1() {
    return 2 * precision * recall / (precision + recall);
  }

  /** Of as many probabilities as labels. */
  static Scores of(float[] probabilities, boolean[] speech) {
    double[][] sorted = new double[speech.length][];
    for (int i = 0; i < speech.length; i++) {
      sorted[i] = new double[] {probabilities[i], speech[i] ? 1 : 0};
    }
    Arrays.sort(sorted, (a, b) -> Double.compare(a[0], b[0]));
    double ranks = 0;
    double positives = 0;
    double hits = 0;
    double alarms = 0;
    for (int from = 0; from < sorted.length; ) {
      int to = from;
      while (to < sorted.length && sorted[to][0] == sorted[from][0]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        boolean decided = sorted[i][0] >= THRESHOLD;
        if (sorted[i][1] > 0) {
          // Equal values share the mean of their ranks.
          ranks += (from + 1 + to) / 2.0;
          positives++;
          hits += decided ? 1 : 0;
        } else {
          alarms += decided ? 1 : 0;
        }
      }
      from = to;
    }
    double others = sorted.length - positives;
    return new Scores(
        (ranks - positives * (positives + 1) / 2) / (positives * others),
        hits / (hits + alarms),
        hits / positives,
        alarms / others);
  }
}
