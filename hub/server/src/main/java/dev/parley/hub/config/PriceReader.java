package dev.parley.hub.config;

import java.util.List;

/** Reads {@code price} of a backend's model. */
final class PriceReader {

  private static final List<String> KEYS =
      List.of("input_tokens", "output_tokens", "audio_minute", "characters");

  private PriceReader() {}

  static PriceConfig read(YamlMap model) {
    return model
        .map("price", KEYS)
        .map(keys ->
            new PriceConfig(
                keys.price("input_tokens"),
                keys.price("output_tokens"),
                keys.price("audio_minute"),
                keys.price("characters")))
        .orElse(PriceConfig.UNKNOWN);
  }
}
