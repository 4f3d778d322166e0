package dev.parley.hub.app;

import dev.parley.core.error.Shown;
import dev.parley.core.model.NearestName;
import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.KeyConfig;
import java.util.ArrayList;
import java.util.List;

/** Warns of what a new key names in vain. */
final class KeyAdvisor {

  private KeyAdvisor() {}

  static List<String> look(KeyConfig key, HubConfig config) {
    List<String> known = config.backends().stream().map(BackendConfig::id).toList();
    List<String> warnings = new ArrayList<>();
    for (String backend : key.scope().backends()) {
      if (!known.isEmpty() && !known.contains(backend)) {
        warnings.add(
            "warning: no backend "
                + Shown.quoted(backend)
                + " is configured"
                + NearestName.of(backend, known).map(n -> "; did you mean " + n + "?").orElse(""));
      }
    }
    return warnings;
  }
}
