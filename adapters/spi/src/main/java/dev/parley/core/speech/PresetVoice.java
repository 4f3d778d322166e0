package dev.parley.core.speech;

import java.util.List;

/**
 * A voice that a model brings.
 *
 * @param name how the model calls it
 * @param languages BCP 47 tags of what it speaks; empty when not limited or not known
 */
public record PresetVoice(String name, List<String> languages) {
  public PresetVoice {
    languages = List.copyOf(languages);
  }
}
