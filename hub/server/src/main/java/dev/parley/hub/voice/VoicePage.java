package dev.parley.hub.voice;

import java.util.List;

/**
 * Some voices in the order of their ids.
 *
 * @param more whether there are more behind the last one
 */
public record VoicePage(List<LibraryVoice> voices, boolean more) {

  public VoicePage {
    voices = List.copyOf(voices);
  }
}
