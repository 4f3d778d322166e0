package dev.parley.hub.speech;

import dev.parley.core.speech.KeptVoice;
import dev.parley.core.speech.TargetVoice;

/** What a target makes of the voice of a call. */
sealed interface VoiceThere {

  /**
   * It can speak with it.
   *
   * @param exact whether it is the voice that was asked for, not one instead of it
   * @param blend how a mixture comes about; empty where none was asked for
   */
  record Ready(TargetVoice voice, boolean exact, String blend) implements VoiceThere {}

  /** It can once its server has the recordings. */
  record ToKeep(KeptVoice voice, boolean passing, String blend) implements VoiceThere {}

  /**
   * It cannot; {@code why} is a clause.
   *
   * @param unknown whether the reason is that nobody there knows the name
   */
  record Impossible(String why, boolean unknown) implements VoiceThere {}
}
