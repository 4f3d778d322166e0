package dev.parley.hub.speech.text;

/**
 * One piece to speak.
 *
 * @param text the piece, without white space around it; line breaks inside are spaces, one for each
 *     of their code points
 * @param start its first code point in the text of the segment, from 0
 * @param end the code point after its last one; between pieces there is nothing that could be
 *     spoken
 * @param pause what follows it
 */
public record Cut(String text, int start, int end, Pause pause) {}
