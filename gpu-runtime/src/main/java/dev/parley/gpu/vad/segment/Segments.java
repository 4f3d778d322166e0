package dev.parley.gpu.vad.segment;

import dev.parley.gpu.vad.segment.SpeechEvent.Cause;
import java.util.ArrayList;
import java.util.List;

/**
 * Segments of a whole signal. With equal padding before and behind they equal, to the sample, those
 * of Silero's {@code get_speech_timestamps} (package version 6.2) for equal settings.
 */
public final class Segments {

  private Segments() {}

  /**
   * Finds them. Where two come so near that their padding would overlap they share the gap, in
   * proportion to the padding.
   *
   * @param probabilities one for each chunk
   * @param chunkSamples samples of a chunk
   * @param length samples of the signal, which ends in the last chunk
   * @return ordered, without overlap
   */
  public static List<SpeechSegment> of(
      float[] probabilities, int chunkSamples, long length, SegmentationSettings settings) {
    List<long[]> spans = spans(probabilities, chunkSamples, length, settings);
    List<float[]> sums = new ArrayList<>(spans.size());
    for (long[] span : spans) {
      sums.add(new float[] {mean(probabilities, chunkSamples, span)});
    }
    pad(spans, length, settings);
    List<SpeechSegment> segments = new ArrayList<>(spans.size());
    for (int i = 0; i < spans.size(); i++) {
      segments.add(new SpeechSegment(spans.get(i)[0], spans.get(i)[1], sums.get(i)[0]));
    }
    return segments;
  }

  private static List<long[]> spans(
      float[] probabilities, int chunkSamples, long length, SegmentationSettings settings) {
    List<long[]> spans = new ArrayList<>();
    SpanFinder finder =
        new SpanFinder(
            settings,
            chunkSamples,
            new SpanFinder.Spans() {
              @Override
              public void ended(long start, long end, Cause cause, long next) {
                spans.add(new long[] {start, end});
              }

              @Override
              public void dropped(long start, long end, Cause cause) {}
            });
    for (float probability : probabilities) {
      finder.hear(probability);
    }
    finder.finish(length);
    return spans;
  }

  private static void pad(List<long[]> spans, long length, SegmentationSettings settings) {
    long prefix = SpanFinder.samples(settings.prefixPaddingMs());
    long suffix = SpanFinder.samples(settings.endPaddingMs());
    for (int i = 0; i < spans.size(); i++) {
      long[] span = spans.get(i);
      if (i == 0) {
        span[0] = Math.max(0, span[0] - prefix);
      }
      if (i == spans.size() - 1) {
        span[1] = Math.min(length, span[1] + suffix);
        return;
      }
      long[] next = spans.get(i + 1);
      long gap = next[0] - span[1];
      boolean near = gap < prefix + suffix;
      span[1] = Math.min(length, span[1] + (near ? gap * suffix / (prefix + suffix) : suffix));
      next[0] -= near ? gap * prefix / (prefix + suffix) : prefix;
    }
  }

  private static float mean(float[] probabilities, int chunkSamples, long[] span) {
    int first = (int) (span[0] / chunkSamples);
    int end = (int) Math.min(probabilities.length, Math.ceilDiv(span[1], (long) chunkSamples));
    double sum = 0;
    for (int i = first; i < end; i++) {
      sum += probabilities[i];
    }
    return end > first ? (float) (sum / (end - first)) : 0;
  }
}
