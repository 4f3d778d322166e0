package dev.parley.core.recognition;

/**
 * A word or phrase to expect.
 *
 * @param text as it shall be written, never empty
 * @param boost how strongly, 0..20; 0: the server's default
 */
public record Phrase(String text, double boost) {}
