package dev.parley.core.speakers;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Who spoke when.
 *
 * @param turns by their start
 * @param seconds length of the sound; empty: the server does not tell
 */
public record Diarization(List<SpeakerTurn> turns, OptionalDouble seconds) {
  public Diarization {
    turns = List.copyOf(turns);
  }

  /** How many speakers there are. */
  public int speakers() {
    return (int) turns.stream().map(SpeakerTurn::speaker).distinct().count();
  }
}
