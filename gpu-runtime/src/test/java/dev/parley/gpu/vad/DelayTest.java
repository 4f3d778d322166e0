package dev.parley.gpu.vad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gpu.vad.Labelled.Clip;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How long after the true edge a decision is there, on the TEN clips: edges with at least 200 ms of
 * the same on each side, thresholds 0.5 and 0.35, nothing added by segmentation.
 */
class DelayTest {

  private static final int CLEAR = 20;

  private final Detectors detectors = new Detectors();

  @AfterEach
  void close() {
    detectors.close();
  }

  /** Delays in milliseconds, sorted; {@code missed} edges had no decision before the next edge. */
  private record Delays(List<Double> sorted, int missed) {

    double at(double share) {
      return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }

    @Override
    public String toString() {
      return "%d edges, median %.0f ms, p90 %.0f ms, %d missed"
          .formatted(sorted.size() + missed, at(0.5), at(0.9), missed);
    }
  }

  @Test
  void sileroStartsAndEndsWithinTheGoals() {
    StreamingDetector silero = detectors.silero();
    Both found = delays(silero);
    System.out.println("silero-vad " + found);
    // The goals, 55 / 106 ms and 122 / 247 ms, are those of the same network on thirty clips, of
    // which half are here; these bounds are what it has on that half.
    assertThat(found.onset().at(0.5)).isLessThanOrEqualTo(58);
    assertThat(found.onset().at(0.9)).isLessThanOrEqualTo(112);
    assertThat(found.release().at(0.5)).isLessThanOrEqualTo(124);
    assertThat(found.release().at(0.9)).isLessThanOrEqualTo(274);
    assertThat(found.release().missed()).isLessThanOrEqualTo(4);
    // Speech is dated back to the start of its first chunk.
    double chunkMs = silero.chunkSamples() / 16.0;
    assertThat(Math.abs(found.onset().at(0.5) - chunkMs)).isLessThanOrEqualTo(30);
  }

  @Test
  void fireRedEndsFaster() {
    Both found = delays(detectors.fireRedStream());
    System.out.println("fireredvad-stream " + found);
    assertThat(found.onset().at(0.5)).isLessThanOrEqualTo(60);
    assertThat(found.release().at(0.5)).isLessThanOrEqualTo(70);
    assertThat(found.release().at(0.9)).isLessThanOrEqualTo(160);
  }

  @Test
  void theBuiltInKeepsUp() {
    Both found = delays(SpeechDetectors.builtIn());
    System.out.println("vad-builtin " + found);
    assertThat(found.onset().at(0.5)).isLessThanOrEqualTo(90);
    assertThat(found.release().at(0.5)).isLessThanOrEqualTo(80);
  }

  /** Of both kinds of edges. */
  private record Both(Delays onset, Delays release) {}

  private static Both delays(StreamingDetector detector) {
    List<Clip> clips = Labelled.ten();
    List<float[]> heard = new ArrayList<>();
    for (Clip clip : clips) {
      heard.add(Scores.probabilities(detector, clip));
    }
    return new Both(delays(detector, clips, heard, true), delays(detector, clips, heard, false));
  }

  private static Delays delays(
      StreamingDetector detector, List<Clip> clips, List<float[]> heard, boolean onset) {
    List<Double> found = new ArrayList<>();
    int missed = 0;
    for (int clip = 0; clip < clips.size(); clip++) {
      boolean[] speech = clips.get(clip).speech();
      for (int edge = CLEAR; edge + CLEAR <= speech.length; edge++) {
        if (isClear(speech, edge, onset)) {
          double delay = delay(detector, heard.get(clip), edge, end(speech, edge), onset);
          if (Double.isNaN(delay)) {
            missed++;
          } else {
            found.add(delay);
          }
        }
      }
    }
    found.sort(Double::compare);
    return new Delays(found, missed);
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

  /** Until the first chunk that ends behind the edge and says so. */
  private static double delay(
      StreamingDetector detector, float[] probabilities, int edge, int end, boolean onset) {
    int sample = edge * Labelled.FRAME;
    for (int i = sample / detector.chunkSamples(); i < probabilities.length; i++) {
      int from = i * detector.chunkSamples();
      if (from >= end * Labelled.FRAME) {
        return Double.NaN;
      }
      if (onset ? probabilities[i] >= 0.5 : probabilities[i] < 0.35) {
        return (from + detector.chunkSamples() + detector.delaySamples() - sample) / 16.0;
      }
    }
    return Double.NaN;
  }
}
