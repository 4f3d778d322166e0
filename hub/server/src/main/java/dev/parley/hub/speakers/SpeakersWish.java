package dev.parley.hub.speakers;

import dev.parley.hub.media.Sound;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a caller knows of the speakers of a recording.
 *
 * @param exactly so many
 * @param atLeast so many
 * @param atMost so many
 * @param known speakers whose turns shall carry their names
 */
public record SpeakersWish(
    OptionalInt exactly, OptionalInt atLeast, OptionalInt atMost, List<Known> known) {

  /** Nothing is known. */
  public static final SpeakersWish NONE =
      new SpeakersWish(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of());

  /**
   * A speaker by a recording of 2..10 s.
   *
   * @param field what messages call the recording
   */
  public record Known(String name, Sound reference, String field) {}

  public SpeakersWish {
    known = List.copyOf(known);
  }
}
