package dev.parley.hub.media;

import java.util.List;

/**
 * Where speech is in a sound.
 *
 * @param spans in order, not overlapping
 * @param seconds length of the sound
 * @param model the detector that answered
 */
public record Speech(List<Stretch> spans, double seconds, String model) {

  public Speech {
    spans = List.copyOf(spans);
  }

  /** A stretch of speech, in seconds from the start of the sound. */
  public record Stretch(double start, double end) {}
}
