package dev.parley.gpu.vad.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SegmentsTest {

  @Test
  void nothingHasNoSegments() {
    assertThat(Segments.of(new float[0], 512, 0, SegmentationSettings.REFERENCE)).isEmpty();
    assertThat(Segments.of(new float[100], 512, 51_200, SegmentationSettings.REFERENCE)).isEmpty();
  }

  @Test
  void aSegmentTellsTheMeanOfItsChunks() {
    float[] probabilities = {0, 1, 0.5f, 0.75f, 0.75f, 0, 0};
    SegmentationSettings settings =
        SegmentationSettings.SERVER_VAD.withSilenceDurationMs(32).withPaddingMs(10, 10);
    assertThat(Segments.of(probabilities, 512, 3500, settings))
        .containsExactly(new SpeechSegment(352, 2720, 0.75f));
  }

  @Test
  void unequalPaddingSharesAGapInProportion() {
    float[] probabilities = {1, 0, 0, 1};
    SegmentationSettings settings =
        SegmentationSettings.SERVER_VAD.withSilenceDurationMs(32).withPaddingMs(90, 30);
    List<SpeechSegment> segments = Segments.of(probabilities, 512, 2048, settings);
    assertThat(segments).hasSize(2);
    assertThat(segments.get(0).end()).isEqualTo(512 + 256);
    assertThat(segments.get(1).start()).isEqualTo(512 + 256);
  }

  @Property(tries = 300)
  void segmentsAreOrderedAndInsideTheSignal(
      @ForAll @Size(max = 200) List<@FloatRange(min = 0, max = 1) Float> values,
      @ForAll @IntRange(max = 400) int prefixMs,
      @ForAll @IntRange(max = 400) int endMs,
      @ForAll @IntRange(max = 600) int silenceMs,
      @ForAll @IntRange(min = 1000, max = 3000) int mostMs) {
    float[] probabilities = new float[values.size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = values.get(i);
    }
    long length = probabilities.length * 160L;
    SegmentationSettings settings =
        SegmentationSettings.SERVER_VAD
            .withPaddingMs(prefixMs, endMs)
            .withSilenceDurationMs(silenceMs)
            .withSpeechMs(0, mostMs);
    long before = 0;
    for (SpeechSegment segment : Segments.of(probabilities, 160, length, settings)) {
      assertThat(segment.start()).isBetween(before, segment.end());
      assertThat(segment.end()).isLessThanOrEqualTo(length);
      assertThat(segment.end() - segment.start()).isLessThanOrEqualTo(mostMs * 16L);
      before = segment.end();
    }
  }
}
