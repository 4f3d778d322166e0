package dev.parley.hub.bench.kernels;

import java.util.ArrayList;
import java.util.List;

/**
 * How long after a true edge of speech a detector's decision is there, in milliseconds: edges with
 * at least 200 ms of the same on each side, thresholds 0.5 and 0.35, nothing added by segmentation.
 *
 * @param delays sorted, of the edges that were found before the next one
 * @param offsets sorted, how far the start of the chunk that decided lies from the edge
 * @param missed edges that were not found
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Edges(double[] delays, double[] offsets, int missed) {

  private static final int CLEAR = 20;
  private static final double SAMPLES_PER_MILLI = 16;

  static Edges of(Heard heard, int delaySamples, boolean onset) {
    List<Double> delays = new ArrayList<>();
    List<Double> offsets = new ArrayList<>();
    int missed = 0;
    for (int clip = 0; clip < heard.clips().size(); clip++) {
      boolean[] speech = heard.clips().get(clip).speech();
      for (int edge = CLEAR; edge + CLEAR <= speech.length; edge++) {
        if (isClear(speech, edge, onset)) {
          int chunk =
              decided(
                  heard.probabilities().get(clip),
                  heard.chunkSamples(),
                  edge,
                  end(speech, edge),
                  onset);
          if (chunk < 0) {
            missed++;
          } else {
            int after = chunk * heard.chunkSamples() - edge * Clip.FRAME;
            delays.add((after + heard.chunkSamples() + delaySamples) / SAMPLES_PER_MILLI);
            offsets.add(Math.abs(after) / SAMPLES_PER_MILLI);
          }
        }
      }
    }
    return new Edges(sorted(delays), sorted(offsets), missed);
  }

  private static double[] sorted(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private static boolean isClear(boolean[] speech, int edge, boolean onset) {
    for (int i = 0; i < CLEAR; i++) {
      if (speech[edge + i] != onset || speech[edge - 1 - i] == onset) {
        return false;
      }
    }
    return true;
  }

  private static int end(boolean[] speech, int edge) {
    int end = edge;
    while (end < speech.length && speech[end] == speech[edge]) {
      end++;
    }
    return end;
  }

  /**
   * The first chunk that ends behind the edge and says so; -1 if none does before the next edge.
   */
  private static int decided(
      float[] probabilities, int chunkSamples, int edge, int end, boolean onset) {
    int first = edge * Clip.FRAME / chunkSamples;
    for (int i = first; i < probabilities.length; i++) {
      if (i * chunkSamples >= end * Clip.FRAME) {
        return -1;
      }
      if (onset ? probabilities[i] >= Scores.THRESHOLD : probabilities[i] < 0.35) {
        return i;
      }
    }
    return -1;
  }
}
