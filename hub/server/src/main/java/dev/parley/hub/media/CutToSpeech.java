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

  /** Whether the last stretch was cut off where somebody may still be speaking. */
  private boolean cutShort;

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
                / 1_000
            + shared(samplesMax());
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
      case SpeechEvent.Stopped(long sample, _, _, SpeechEvent.Cause cause) -> {
        try {
          stretch(started, Math.min(sample, tape.end()), cause == SpeechEvent.Cause.TOO_LONG);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        started = -1;
      }
    }
  }

  private void stretch(long from, long to, boolean tooLong) throws IOException {
    if (to <= from) {
      return;
    }
    boolean apart = wish.cut() == CutWish.Cut.AT_PAUSES;
    long start = from;
    if (!open.isEmpty() && (apart || openSamples + to - from > samplesMax())) {
      long shared = sharedBefore(from);
      finishOpen(shared);
      start -= shared;
    }
    open.add(new SoundPiece.Part(openSamples, start, to - start));
    openSamples += to - start;
    cutShort = tooLong;
    // Whether what was too long goes on without a pause is known when it goes on.
    if (apart && !tooLong) {
      finishOpen(0);
    }
  }

  /**
   * What the next clip has of the open one: nothing, unless they part where somebody speaks. A
   * stretch that is shorter than that was cut off at a pause.
   */
  private long sharedBefore(long from) {
    long begin = from;
    for (SoundPiece.Part part : open.reversed()) {
      begin = part.from() + part.samples() == begin ? part.from() : begin;
    }
    long shared = shared(samplesMax());
    return cutShort && from - begin >= shared ? shared : 0;
  }

  private void finishOpen(long sharedBehind) throws IOException {
    cutOff(List.copyOf(open), sharedBehind);
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
      finishOpen(0);
    }
  }

  @Override
  public void close() {
    probabilities.close();
    super.close();
  }
}
