package dev.parley.hub.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads configuration text the way the tests of this package want it. */
final class Configs {

  static final Set<String> TYPES =
      Set.of("openai", "vllm", "vllm-omni", "llama-server", "openrouter", "ollama", "tei");

  /** Those of the example. */
  static final Set<String> EXAMPLE_TYPES =
      Set.of(
          "vllm-omni",
          "ollama",
          "openai",
          "openrouter",
          "tei",
          "chatterbox",
          "voicebox",
          "speaches",
          "kokoro",
          "faster-whisper",
          "whisper-cpp");

  private static final Map<String, String> ENVIRONMENT =
      Map.of("USER_NAME", "ada", "PASSWORD", "s3cret", "PORT", "9090", "EMPTY", "");

  private Configs() {}

  static HubConfig parse(String yaml) throws ConfigException {
    return ConfigReader.parse(yaml, "hub.yaml", TYPES, ENVIRONMENT::get);
  }

  /** An environment that has a word for whatever is asked for, but names no collector. */
  static @Nullable String everyOtherVariable(String name) {
    return name.startsWith("OTEL_") ? null : "set-to-something-long-enough";
  }

  /** The problems as people see them; none when the text is fine. */
  static List<String> problems(String yaml) {
    try {
      parse(yaml);
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }
}
