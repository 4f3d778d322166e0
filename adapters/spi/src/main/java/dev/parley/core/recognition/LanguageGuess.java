package dev.parley.core.recognition;

import java.util.OptionalDouble;

/**
 * A language that may be spoken.
 *
 * @param tag BCP 47
 * @param probability 0..1; empty: the model does not tell
 */
public record LanguageGuess(String tag, OptionalDouble probability) {}
