package dev.parley.hub.config;

import java.util.List;

/** Reads {@code price} of a backend's model. */
final class PriceReader {

  private static final List<String> KEYS =
      List.of(
          "input_tokens",
          "output_tokens",
          "cached_tokens",
          "audio_input_tokens",
          "audio_output_tokens",
          "audio_minute",
          "characters",
          "request");

  private PriceReader() {}

  static PriceConfig read(YamlMap model) {
    return model
        .map("price", KEYS)
        .map(keys ->
            new PriceConfig(
                keys.price("input_tokens"),
                keys.price("output_tokens"),
                keys.price("cached_tokens"),
                keys.price("audio_input_tokens"),
                keys.price("audio_output_tokens"),
                keys.price("audio_minute"),
                keys.price("characters"),
                keys.price("request")))
        .orElse(PriceConfig.UNKNOWN);
  }
}
