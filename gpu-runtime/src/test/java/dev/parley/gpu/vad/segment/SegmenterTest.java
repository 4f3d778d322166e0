package dev.parley.gpu.vad.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gpu.vad.segment.SpeechEvent.Cause;
import dev.parley.gpu.vad.segment.SpeechEvent.Started;
import dev.parley.gpu.vad.segment.SpeechEvent.Stopped;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmenterTest {

  private static final int CHUNK = 512;

  private final List<SpeechEvent> events = new ArrayList<>();

  @Test
  void speechStartsBeforeItsFirstChunkByThePadding() {
    Segmenter segmenter = segmenter(SegmentationSettings.SERVER_VAD);
    hear(segmenter, 0.1f, 20);
    hear(segmenter, 0.9f, 1);
    assertThat(events).containsExactly(new Started(20 * CHUNK - 4800, 21 * CHUNK, 0.9f));
    assertThat(segmenter.speaking()).isTrue();
  }

  @Test
  void paddingEndsAtTheStartOfTheSignal() {
    hear(segmenter(SegmentationSettings.SERVER_VAD), 0.9f, 1);
    assertThat(events).containsExactly(new Started(0, CHUNK, 0.9f));
  }

  @Test
  void paddingEndsWhereEarlierSpeechDoes() {
    Segmenter segmenter =
        segmenter(SegmentationSettings.SERVER_VAD.withSilenceDurationMs(64).withPaddingMs(300, 0));
    hear(segmenter, 0.9f, 10);
    hear(segmenter, 0.1f, 3);
    hear(segmenter, 0.9f, 1);
    assertThat(events)
        .containsExactly(
            new Started(0, CHUNK, 0.9f),
            new Stopped(10 * CHUNK, 13 * CHUNK, 0.1f, Cause.SILENCE),
            new Started(10 * CHUNK, 14 * CHUNK, 0.9f));
  }

  @Test
  void silenceEndsSpeechWhereItBegan() {
    Segmenter segmenter = segmenter(SegmentationSettings.SERVER_VAD);
    hear(segmenter, 0.9f, 10);
    hear(segmenter, 0.2f, 16);
    assertThat(events).hasSize(1);
    hear(segmenter, 0.2f, 1);
    assertThat(events.get(1)).isEqualTo(new Stopped(10 * CHUNK, 27 * CHUNK, 0.2f, Cause.SILENCE));
    assertThat(segmenter.speaking()).isFalse();
  }

  @Test
  void whatLiesBetweenTheThresholdsKeepsSpeechGoing() {
    Segmenter segmenter = segmenter(SegmentationSettings.SERVER_VAD);
    hear(segmenter, 0.9f, 1);
    hear(segmenter, 0.4f, 100);
    assertThat(events).hasSize(1);
  }

  @Test
  void shortSpeechIsNotToldOf() {
    Segmenter segmenter = segmenter(SegmentationSettings.REFERENCE);
    hear(segmenter, 0.9f, 7);
    hear(segmenter, 0.1f, 20);
    assertThat(events).isEmpty();
    hear(segmenter, 0.9f, 8);
    assertThat(events).singleElement().isInstanceOf(Started.class);
  }

  @Test
  void longSpeechIsCutAtItsLongestPauseAndGoesOn() {
    Segmenter segmenter =
        segmenter(SegmentationSettings.SERVER_VAD.withPaddingMs(0, 0).withSpeechMs(0, 1600));
    hear(segmenter, 0.9f, 10);
    hear(segmenter, 0.1f, 8);
    hear(segmenter, 0.9f, 10);
    hear(segmenter, 0.1f, 5);
    hear(segmenter, 0.9f, 20);
    assertThat(events)
        .containsExactly(
            new Started(0, CHUNK, 0.9f),
            new Stopped(10 * CHUNK, 51 * CHUNK, 0.9f, Cause.TOO_LONG),
            new Started(18 * CHUNK, 51 * CHUNK, 0.9f));
  }

  @Test
  void longSpeechWithoutAPauseIsCutWhereItIs() {
    Segmenter segmenter =
        segmenter(SegmentationSettings.SERVER_VAD.withPaddingMs(0, 0).withSpeechMs(0, 1600));
    hear(segmenter, 0.9f, 52);
    assertThat(events)
        .containsExactly(
            new Started(0, CHUNK, 0.9f),
            new Stopped(50 * CHUNK, 51 * CHUNK, 0.9f, Cause.TOO_LONG),
            new Started(51 * CHUNK, 52 * CHUNK, 0.9f));
  }

  @Test
  void theEndOfTheSignalEndsSpeech() {
    Segmenter segmenter = segmenter(SegmentationSettings.SERVER_VAD);
    hear(segmenter, 0.9f, 3);
    segmenter.finish(3 * CHUNK - 100, events::add);
    assertThat(events.getLast())
        .isEqualTo(new Stopped(3 * CHUNK - 100, 3 * CHUNK, 0.9f, Cause.END));
    segmenter.finish(3 * CHUNK - 100, events::add);
    assertThat(events).hasSize(2);
  }

  @Test
  void otherSettingsCountFromTheNextChunkOn() {
    Segmenter segmenter = segmenter(SegmentationSettings.SERVER_VAD);
    hear(segmenter, 0.6f, 1);
    segmenter.change(SegmentationSettings.SERVER_VAD.withThreshold(0.9).withSilenceDurationMs(0));
    hear(segmenter, 0.6f, 1);
    assertThat(events.getLast()).isEqualTo(new Stopped(CHUNK, 2 * CHUNK, 0.6f, Cause.SILENCE));
  }

  @Test
  void whatHasStartedAlwaysStops() {
    Segmenter segmenter = segmenter(SegmentationSettings.REFERENCE);
    hear(segmenter, 0.9f, 8);
    segmenter.change(SegmentationSettings.REFERENCE.withSpeechMs(1000, 0));
    hear(segmenter, 0.1f, 5);
    assertThat(events).hasSize(2).last().isInstanceOf(Stopped.class);

    events.clear();
    Segmenter other = segmenter(SegmentationSettings.REFERENCE);
    hear(other, 0.9f, 8);
    other.finish(7 * CHUNK + 1, events::add);
    assertThat(events).hasSize(2).last().isInstanceOf(Stopped.class);
  }

  private static Segmenter segmenter(SegmentationSettings settings) {
    return new Segmenter(settings, CHUNK);
  }

  private void hear(Segmenter segmenter, float probability, int chunks) {
    for (int i = 0; i < chunks; i++) {
      segmenter.hear(probability, events::add);
    }
  }
}
