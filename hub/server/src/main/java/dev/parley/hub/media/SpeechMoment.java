package dev.parley.hub.media;

import dev.parley.gpu.vad.SpeechDetector;

/**
 * A moment at which speech starts or stops.
 *
 * @param starts whether it starts there
 * @param sample where, at 16,000 samples a second from the first one of the stream; the past,
 *     padding included
 * @param decidedAt how many samples had been heard when this was decided
 * @param probability of speech when this was decided, 0..1
 */
public record SpeechMoment(boolean starts, long sample, long decidedAt, float probability) {

  /** Where, in ms from the first sample of the stream. */
  public long offsetMs() {
    return sample * 1_000 / SpeechDetector.RATE_HZ;
  }
}
