package dev.parley.hub.media;

import dev.parley.core.recognition.Clip;

/**
 * A sound that is ready for a backend.
 *
 * @param peak its largest sample, full scale 1
 */
public record Clipped(Clip clip, float peak) {

  /** -60 dB of full scale: the noise of a good microphone in an empty room. */
  private static final float SILENCE = 0.001f;

  /** Whether there is nothing in it that anybody could understand. */
  public boolean isSilent() {
    return peak < SILENCE;
  }
}
