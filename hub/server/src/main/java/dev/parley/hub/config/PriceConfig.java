package dev.parley.hub.config;

import java.util.OptionalLong;

/**
 * What a model costs, in millionths of the currency; empty where the operator did not say.
 *
 * @param inputTokens for a million tokens of input
 * @param outputTokens for a million tokens of output
 * @param cachedTokens for a million tokens of input that the backend had kept; empty: as the others
 * @param audioInputTokens for a million tokens of input that are sound; empty: as the others
 * @param audioOutputTokens for a million tokens of output that are sound; empty: as the others
 * @param audioMinute for a minute of audio
 * @param characters for a million characters of text to speak
 * @param request for each call that is answered
 */
public record PriceConfig(
    OptionalLong inputTokens,
    OptionalLong outputTokens,
    OptionalLong cachedTokens,
    OptionalLong audioInputTokens,
    OptionalLong audioOutputTokens,
    OptionalLong audioMinute,
    OptionalLong characters,
    OptionalLong request) {

  /** In millionths: up to a thousand million of the currency. */
  public static final WholeRange RANGE = new WholeRange(0, 1_000_000_000_000_000L);

  /** Nobody said. */
  public static final PriceConfig UNKNOWN =
      new PriceConfig(
          OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  public PriceConfig {
    inputTokens.ifPresent(price -> RANGE.require("inputTokens", price));
    outputTokens.ifPresent(price -> RANGE.require("outputTokens", price));
    cachedTokens.ifPresent(price -> RANGE.require("cachedTokens", price));
    audioInputTokens.ifPresent(price -> RANGE.require("audioInputTokens", price));
    audioOutputTokens.ifPresent(price -> RANGE.require("audioOutputTokens", price));
    audioMinute.ifPresent(price -> RANGE.require("audioMinute", price));
    characters.ifPresent(price -> RANGE.require("characters", price));
    request.ifPresent(price -> RANGE.require("request", price));
  }

  /** Without anything that only some backends charge for. */
  public PriceConfig(
      OptionalLong inputTokens,
      OptionalLong outputTokens,
      OptionalLong audioMinute,
      OptionalLong characters) {
    this(
        inputTokens,
        outputTokens,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        audioMinute,
        characters,
        OptionalLong.empty());
  }

  /** Whether anybody said anything. */
  public boolean isKnown() {
    return !equals(UNKNOWN);
  }
}
