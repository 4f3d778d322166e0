package dev.parley.hub.registry;

import dev.parley.core.model.Capability;
import dev.parley.hub.config.AuthConfig;
import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.BackendModelConfig;
import dev.parley.hub.config.BreakerConfig;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.LimitsConfig;
import dev.parley.hub.config.LocalConfig;
import dev.parley.hub.config.RetryConfig;
import dev.parley.hub.config.TimeoutsConfig;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The backends that the hub brings itself: an engine each, with one model of the same name. */
final class BuiltIn {

  private BuiltIn() {}

  /** Those that go with a configuration; one whose id the operator uses gives way. */
  static List<BackendConfig> of(HubConfig config, List<String> types) {
    if (config.own().local().speech() == LocalConfig.Speech.OFF) {
      return List.of();
    }
    Set<String> taken =
        config.backends().stream().map(BackendConfig::id).collect(Collectors.toSet());
    return types.stream().filter(type -> !taken.contains(type)).map(BuiltIn::backend).toList();
  }

  private static BackendConfig backend(String type) {
    BackendModelConfig named = BackendModelConfig.named(type);
    BackendModelConfig speaker =
        new BackendModelConfig(
            named.id(),
            Set.of(Capability.TTS),
            named.inputModalities(),
            named.outputModalities(),
            named.contextLength(),
            named.sampleRateHz(),
            named.languages(),
            named.price(),
            named.voice(),
            named.voices());
    return new BackendConfig(
        type,
        type,
        URI.create("local:" + type),
        new AuthConfig.None(),
        List.of(speaker),
        TimeoutsConfig.DEFAULT,
        LimitsConfig.DEFAULT,
        BreakerConfig.DEFAULT,
        RetryConfig.DEFAULT,
        true,
        Map.of());
  }
}
