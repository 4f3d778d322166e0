package dev.parley.hub.media.store;

/**
 * What the store holds at one moment.
 *
 * @param items readable ones
 * @param bytesStored theirs
 * @param uploads that run now
 * @param bytesUploading theirs so far
 * @param damaged entries that were found and cannot be read
 */
public record MediaStatus(
    int items, long bytesStored, int uploads, long bytesUploading, int damaged) {}
