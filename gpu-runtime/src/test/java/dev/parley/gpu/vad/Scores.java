package dev.parley.gpu.vad;

import dev.parley.gpu.vad.Labelled.Clip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a detector is worth on labelled recordings, frame by frame. */
record Scores(double auc, double precision, double recall, double falseAlarms) {

  private static final double THRESHOLD = 0.5;
  private static final Map<String, float[]> FOUND = new ConcurrentHashMap<>();

  static Scores of(SpeechDetector detector, List<Clip> clips) {
    List<double[]> frames = new ArrayList<>();
    for (Clip clip : clips) {
      float[] grid = grid(detector, clip);
      for (int i = 0; i < grid.length; i++) {
        frames.add(new double[] {grid[i], clip.speech()[i] ? 1 : 0});
      }
    }
    return of(frames);
  }

  double f1() {
    return 2 * precision * recall / (precision + recall);
  }

  /** What a detector finds in a clip, computed once for all tests: a detector is its name. */
  static float[] probabilities(SpeechDetector detector, Clip clip) {
    return FOUND.computeIfAbsent(
        detector.name() + " " + clip.name(), _ -> detector.probabilities(clip.samples()));
  }

  /** The probability of the chunk that holds the middle of each frame. */
  static float[] grid(SpeechDetector detector, Clip clip) {
    float[] probabilities = probabilities(detector, clip);
    float[] grid = new float[clip.speech().length];
    for (int i = 0; i < grid.length; i++) {
      int middle = i * Labelled.FRAME + Labelled.FRAME / 2;
      grid[i] = probabilities[Math.min(middle / detector.chunkSamples(), probabilities.length - 1)];
    }
    return grid;
  }

  private static Scores of(List<double[]> frames) {
    double[][] sorted = frames.toArray(double[][]::new);
    Arrays.sort(sorted, (a, b) -> Double.compare(a[0], b[0]));
    double ranks = 0;
    double speech = 0;
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
          speech++;
          hits += decided ? 1 : 0;
        } else {
          alarms += decided ? 1 : 0;
        }
      }
      from = to;
    }
    double other = sorted.length - speech;
    return new Scores(
        (ranks - speech * (speech + 1) / 2) / (speech * other),
        hits / (hits + alarms),
        hits / speech,
        alarms / other);
  }

  @Override
  public String toString() {
    return "AUC %.4f, F1 %.4f, precision %.3f, recall %.3f, false alarms %.4f"
        .formatted(auc, f1(), precision, recall, falseAlarms);
  }
}
