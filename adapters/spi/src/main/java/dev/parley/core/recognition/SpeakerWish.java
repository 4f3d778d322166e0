package dev.parley.core.recognition;

import java.util.List;
import java.util.OptionalInt;

/**
 * What is known of the speakers of a recording.
 *
 * @param exactly so many; then the two others are empty
 * @param atLeast so many
 * @param atMost so many, not below {@code atLeast}
 * @param known speakers to recognise; others get labels
 */
public record SpeakerWish(
    OptionalInt exactly, OptionalInt atLeast, OptionalInt atMost, List<KnownSpeaker> known) {

  /** Nothing is known. */
  public static final SpeakerWish NONE =
      new SpeakerWish(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of());

  public SpeakerWish {
    known = List.copyOf(known);
  }
}
