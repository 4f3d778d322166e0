package dev.parley.adapters.whispercpp;

import java.util.OptionalDouble;

/**
 * A piece of text as the model makes it: a word, a part of one, or a sign.
 *
 * @param text with the space before it, if it begins a word; bytes of a character that was cut are
 *     replacement characters
 * @param start in seconds
 * @param end in seconds
 * @param probability 0..1; empty: not told
 */
record Token(String text, double start, double end, OptionalDouble probability) {}
