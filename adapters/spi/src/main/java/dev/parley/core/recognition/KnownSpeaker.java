package dev.parley.core.recognition;

/**
 * A speaker whose turns shall carry a name.
 *
 * @param name never empty
 * @param reference some seconds of this person alone
 */
public record KnownSpeaker(String name, Clip reference) {}
