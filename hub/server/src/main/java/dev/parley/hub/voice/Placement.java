package dev.parley.hub.voice;

/**
 * Recordings that a backend keeps for the hub.
 *
 * @param contentKey hash over the recordings
 * @param backend id of the backend
 * @param name what they are called there
 */
public record Placement(String contentKey, String backend, String name) {}
