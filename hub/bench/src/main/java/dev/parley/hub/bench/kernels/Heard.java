package dev.parley.hub.bench.kernels;

import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.segment.SegmentationSettings;
import dev.parley.gpu.vad.segment.Segments;
import java.util.ArrayList;
import java.util.List;

/** Clips and what a detector found in them. */
record Heard(int chunkSamples, List<Clip> clips, List<float[]> probabilities) {

  static Heard of(SpeechDetector detector, List<Clip> clips) {
    List<float[]> found = new ArrayList<>();
    for (Clip clip : clips) {
      found.add(detector.probabilities(clip.samples()));
    }
    return new Heard(detector.chunkSamples(), clips, found);
  }

  /** Frame by frame, with the probability of the chunk that holds the middle of the frame. */
  Scores scores() {
    int frames = clips.stream().mapToInt(clip -> clip.speech().length).sum();
    float[] grid = new float[frames];
    boolean[] speech = new boolean[frames];
    int at = 0;
    for (int clip = 0; clip < clips.size(); clip++) {
      float[] found = probabilities.get(clip);
      boolean[] labels = clips.get(clip).speech();
      for (int i = 0; i < labels.length; i++, at++) {
        int middle = i * Clip.FRAME + Clip.FRAME / 2;
        grid[at] = found[Math.min(middle / chunkSamples, found.length - 1)];
        speech[at] = labels[i];
      }
    }
    return Scores.of(grid, speech);
  }

  /** Stretches that the usual segmentation takes for speech. */
  int segments() {
    int count = 0;
    for (int i = 0; i < clips.size(); i++) {
      count +=
          Segments.of(
                  probabilities.get(i),
                  chunkSamples,
                  clips.get(i).samples().length,
                  SegmentationSettings.REFERENCE)
              .size();
    }
    return count;
  }
}
