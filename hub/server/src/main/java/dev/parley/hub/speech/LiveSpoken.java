package dev.parley.hub.speech;

/**
 * A synthesis of a text that is still being written.
 *
 * @param spoken what the caller hears
 * @param text where the text goes
 */
public record LiveSpoken(Spoken spoken, LiveText text) {}
