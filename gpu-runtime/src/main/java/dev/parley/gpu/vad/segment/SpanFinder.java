package dev.parley.gpu.vad.segment;

import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.segment.SpeechEvent.Cause;

/**
 * Finds spans of speech, without padding, in probabilities that come one by one. It decides as
 * Silero's own segmentation does, which is what people tune their settings for: speech ends where a
 * silence that lasted began, and speech that is too long ends at its longest pause so far. For one
 * thread at a time; allocates nothing.
 */
final class SpanFinder {

  private static final int SAMPLES_PER_MS = SpeechDetector.RATE_HZ / 1000;
  private static final long NONE = -1;

  private final int chunkSamples;
  private final Spans spans;
  private SegmentationSettings settings;
  private long heard;
  private boolean speaking;
  private long start;
  private long quietFrom = NONE;
  private long pauseFrom = NONE;
  private long pauseLength;

  /** Takes what was found. */
  interface Spans {

    /**
     * A span ended.
     *
     * @param next where the next span starts that was cut off this one, else {@link Long#MAX_VALUE}
     */
    void ended(long start, long end, Cause cause, long next);

    /** What looked like speech ended, too short. */
    void dropped(long start, long end, Cause cause);
  }

  SpanFinder(SegmentationSettings settings, int chunkSamples, Spans spans) {
    this.settings = settings;
    this.chunkSamples = chunkSamples;
    this.spans = spans;
  }

  void change(SegmentationSettings changed) {
    settings = changed;
  }

  /** Samples heard so far. */
  long heard() {
    return heard;
  }

  /** Whether a span goes on that will not be dropped. */
  boolean certain() {
    return speaking && quietFrom == NONE && heard - start > samples(settings.minSpeechMs());
  }

  /** Where the span that goes on began. */
  long start() {
    return start;
  }

  void hear(float probability) {
    long at = heard;
    heard += chunkSamples;
    boolean loud = probability >= settings.threshold();
    if (loud && quietFrom != NONE) {
      notePause(at);
    }
    if (!speaking) {
      if (loud) {
        speaking = true;
        start = at;
      }
      return;
    }
    if (tooLong(at)) {
      cut(at);
    }
    if (speaking && probability < settings.exitThreshold()) {
      quiet(at);
    }
  }

  /** The signal ended after {@code length} samples, in the last chunk. */
  void finish(long length) {
    if (speaking) {
      speaking = false;
      if (length - start > samples(settings.minSpeechMs())) {
        spans.ended(start, length, Cause.END, Long.MAX_VALUE);
      } else {
        spans.dropped(start, length, Cause.END);
      }
    }
  }

  private void notePause(long at) {
    long length = at - quietFrom;
    // Of equal pauses the first one counts.
    if (length > samples(settings.minPauseMs()) && length > pauseLength) {
      pauseFrom = quietFrom;
      pauseLength = length;
    }
    quietFrom = NONE;
  }

  private boolean tooLong(long at) {
    if (settings.maxSpeechMs() == 0) {
      return false;
    }
    long padding = samples(settings.prefixPaddingMs()) + samples(settings.endPaddingMs());
    return at - start > samples(settings.maxSpeechMs()) - chunkSamples - padding;
  }

  private void cut(long at) {
    long began = start;
    if (pauseFrom == NONE) {
      forget();
      speaking = false;
      spans.ended(began, at, Cause.TOO_LONG, Long.MAX_VALUE);
      return;
    }
    long end = pauseFrom;
    start = pauseFrom + pauseLength;
    forget();
    spans.ended(began, end, Cause.TOO_LONG, start);
  }

  private void quiet(long at) {
    quietFrom = quietFrom == NONE ? at : quietFrom;
    if (at - quietFrom < samples(settings.silenceDurationMs())) {
      return;
    }
    long end = quietFrom;
    forget();
    speaking = false;
    if (end - start > samples(settings.minSpeechMs())) {
      spans.ended(start, end, Cause.SILENCE, Long.MAX_VALUE);
    } else {
      spans.dropped(start, end, Cause.SILENCE);
    }
  }

  private void forget() {
    quietFrom = NONE;
    pauseFrom = NONE;
    pauseLength = 0;
  }

  static long samples(int milliseconds) {
    return (long) milliseconds * SAMPLES_PER_MS;
  }
}
