package dev.parley.hub.app;

import dev.parley.adapters.http.HttpTransport;
import dev.parley.adapters.openai.OpenAiTypes;
import dev.parley.core.spi.BackendType;
import java.util.List;
import java.util.Set;

/** The kinds of backends that this program knows: the one line to change for a new one. */
final class BackendKinds {

  /** Their names, for reading a configuration without opening anything. */
  static final Set<String> NAMES = Set.of("openai", "vllm", "llama-server", "openrouter");

  private BackendKinds() {}

  static List<BackendType> all(HttpTransport transport) {
    return OpenAiTypes.all(transport);
  }
}
