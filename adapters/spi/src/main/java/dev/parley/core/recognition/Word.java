package dev.parley.core.recognition;

import java.util.OptionalDouble;

/**
 * A word and when it was said.
 *
 * @param text as written, without white space around it, punctuation included where the model
 *     attaches it
 * @param start in seconds
 * @param end in seconds, not before {@code start}
 * @param probability that it is right, 0..1; empty: the model does not tell
 * @param speaker who said it; empty: not known
 */
public record Word(
    String text, double start, double end, OptionalDouble probability, String speaker) {}
