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

  /** In millionths: up to a thousand million of the currency. */
  public static final WholeRange RANGE = new WholeRange(0, 1_000_000_000_000_000L);

  /** Nobody said. */
  public static final PriceConfig UNKNOWN =
      new PriceConfig(
          OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  public PriceConfig {
    inputTokens.ifPresent(price -> RANGE.require("inputTokens", price));
    outputTokens.ifPresent(price -> RANGE.require("outputTokens", price));
    audioMinute.ifPresent(price -> RANGE.require("audioMinute", price));
    characters.ifPresent(price -> RANGE.require("characters", price));
  }

  /** Whether anybody said anything. */
  public boolean isKnown() {
    return !equals(UNKNOWN);
  }
}
