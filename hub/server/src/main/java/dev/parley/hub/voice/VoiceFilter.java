package dev.parley.hub.voice;

import java.util.Optional;
import java.util.Set;

/**
 * Which voices to list.
 *
 * @param language a BCP 47 tag, {@code en} includes {@code en-GB}; empty: any
 * @param model the model that is to speak with them; empty: any
 * @param size most in one page, 1..1000
 * @param token {@link VoiceDirectory.Page#token} of the page before; empty: the first page
 */
public record VoiceFilter(String language, Optional<Model> model, int size, String token) {

  /**
   * A model.
   *
   * @param names its id and aliases
   * @param clones whether it can speak with voices that were made here
   */
  public record Model(Set<String> names, boolean clones) {
    public Model {
      names = Set.copyOf(names);
    }
  }
}
