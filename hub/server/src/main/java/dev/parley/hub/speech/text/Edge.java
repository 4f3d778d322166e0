package dev.parley.hub.speech.text;

/**
 * Where a piece ends.
 *
 * @param at index after its last character
 * @param pause what follows it
 */
record Edge(int at, Pause pause) {}
