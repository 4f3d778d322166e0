package dev.parley.hub.media;

import dev.parley.gpu.denoise.Denoiser;
import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.segment.SegmentationSettings;
import dev.parley.gpu.vad.segment.Segmenter;
import dev.parley.gpu.vad.segment.SpeechEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The speech of a sound: a clip for each stretch, or several in one as far as it may be long. */
final class CutToSpeech extends Carving {

  private final Probabilities probabilities;
  private final Segmenter segmenter;
  private final long kept;
  private final List<SoundPiece.Part> open = new ArrayList<>();
  private long openSamples;
  private long started = -1;
  private int told;

  CutToSpeech(
      Reader reader,
      CutWish wish,
      @Nullable Denoiser denoiser,
      MeasuredLength length,
      SpeechDetector detector,
      SegmentationSettings settings) {
    super(reader, wish, denoiser, length);
    this.probabilities = Probabilities.of(detector);
    this.segmenter = new Segmenter(settings, detector.chunkSamples());
    // What may still turn out to have been the start of speech.
    this.kept =
        (long) (settings.prefixPaddingMs() + settings.minSpeechMs() + 1_000)
            * SpeechDetector.RATE_HZ
            / 1_000;
  }

  @Override
  void heard(float[] samples, int count) throws IOException {
    probabilities.accept(new float[][] {samples}, count);
    tellNew();
    long decided = Math.min(tape.end(), (long) told * chunk());
    long needed = started >= 0 ? started : decided - kept;
    tape.dropBefore(open.isEmpty() ? needed : Math.min(needed, open.getFirst().from()));
  }

  private int chunk() {
    return probabilities.chunkSamples();
  }

  private void tellNew() throws IOException {
    try {
      while (told < probabilities.count()) {
        segmenter.hear(probabilities.value(told++), this::happened);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void happened(SpeechEvent event) {
    switch (event) {
      case SpeechEvent.Started(long sample, _, _) -> started = Math.max(sample, tape.start());
      case SpeechEvent.Stopped(long sample, _, _, _) -> {
        try {
          stretch(started, Math.min(sample, tape.end()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        started = -1;
      }
    }
  }

  private void stretch(long from, long to) throws IOException {
    if (to <= from) {
      return;
    }
    boolean apart = wish.cut() == CutWish.Cut.AT_PAUSES;
    if (!open.isEmpty() && (apart || openSamples + to - from > samplesMax())) {
      finishOpen();
    }
    open.add(new SoundPiece.Part(openSamples, from, to - from));
    openSamples += to - from;
    if (apart) {
      finishOpen();
    }
  }

  private void finishOpen() throws IOException {
    cutOff(List.copyOf(open));
    open.clear();
    openSamples = 0;
  }

  @Override
  void ended() throws IOException {
    try {
      probabilities.end();
      tellNew();
      segmenter.finish(tape.end(), this::happened);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (!open.isEmpty()) {
      finishOpen();
    }
  }

  @Override
  public void close() {
    probabilities.close();
    super.close();
  }
}
