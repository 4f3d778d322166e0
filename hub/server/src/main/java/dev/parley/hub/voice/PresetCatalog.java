package dev.parley.hub.voice;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The voices that the models of the backends bring. */
public interface PresetCatalog {

  /** All that is known now, by name; backends that do not answer soon are left out. */
  CompletableFuture<List<Preset>> presets();

  /**
   * A voice that models bring.
   *
   * @param languages BCP 47 tags; empty when not known
   * @param models the names under which callers find the models
   */
  record Preset(String name, List<String> languages, List<String> models) {
    public Preset {
      languages = List.copyOf(languages);
      models = List.copyOf(models);
    }
  }
}
