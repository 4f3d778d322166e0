package dev.parley.adapters.freetts;

import com.sun.speech.freetts.Token;

/**
 * A word as it stands in the text, without the punctuation around it.
 *
 * @param from its first UTF-16 unit in the text
 * @param to the unit after its last one
 */
record Word(Token token, int from, int to) {}
