package dev.parley.hub.config;

import java.util.OptionalLong;

/**
 * What a model costs, in millionths of the currency; empty where the operator did not say.
 *
 * @param inputTokens for a million tokens of input
 * @param outputTokens for a million tokens of output
 * @param audioMinute for a minute of audio
 * @param characters for a million characters of text to speak
 */
public record PriceConfig(
    OptionalLong inputTokens,
    OptionalLong outputTokens,
    OptionalLong audioMinute,
    OptionalLong characters) {

  /** Nobody said. */
  public static final PriceConfig UNKNOWN =
      new PriceConfig(
          OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
}
