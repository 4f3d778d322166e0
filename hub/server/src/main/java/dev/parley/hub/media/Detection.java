package dev.parley.hub.media;

import dev.parley.gpu.codec.UnsupportedAudioException;
import dev.parley.gpu.resample.Profile;
import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.segment.SegmentationSettings;
import dev.parley.gpu.vad.segment.Segments;
import dev.parley.gpu.vad.segment.SpeechSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Looks for speech in a sound, a second or so in each step. For one thread at a time. */
final class Detection implements Steps<Speech> {

  private static final int BLOCKS_IN_A_STEP = 20;

  private final Reader reader;
  private final Probabilities probabilities;
  private final Sink first;
  private final SpeechDetector detector;
  private final SegmentationSettings settings;

  Detection(Reader reader, SpeechDetector detector, SegmentationSettings settings) {
    this.reader = reader;
    this.detector = detector;
    this.settings = settings;
    this.probabilities = Probabilities.of(detector);
    this.first =
        Mixing.between(
            reader.channels(),
            1,
            Resampling.between(
                reader.rateHz(), SpeechDetector.RATE_HZ, 1, Profile.HQ, probabilities));
  }

  @Override
  public boolean advance() throws IOException, UnsupportedAudioException {
    for (int i = 0; i < BLOCKS_IN_A_STEP; i++) {
      int frames = reader.next();
      if (frames < 0) {
        first.end();
        return false;
      }
      first.accept(reader.block(), frames);
    }
    return true;
  }

  @Override
  public Speech found() {
    List<Speech.Stretch> spans = new ArrayList<>();
    for (SpeechSegment segment :
        Segments.of(
            probabilities.values(), detector.chunkSamples(), probabilities.samples(), settings)) {
      spans.add(
          new Speech.Stretch(
              (double) segment.start() / SpeechDetector.RATE_HZ,
              (double) segment.end() / SpeechDetector.RATE_HZ));
    }
    return new Speech(spans, (double) reader.frames() / reader.rateHz(), detector.name());
  }

  @Override
  public void close() {
    try (reader) {
      first.close();
    }
  }
}
