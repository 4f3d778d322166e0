package dev.parley.hub.config;

import java.util.List;
import java.util.Optional;

/**
 * A name that callers use, as its entry of the file was read.
 *
 * @param id empty when it is missing or unusable
 * @param model empty when something that it cannot do without is missing or unusable
 * @param aliases the names that its targets refer to, as they are written
 */
record NamedEntry(YamlMap map, Optional<Text> id, Optional<ModelConfig> model, List<Text> aliases) {

  NamedEntry {
    aliases = List.copyOf(aliases);
  }

  String name() {
    return id.map(Text::value).orElse("");
  }
}
