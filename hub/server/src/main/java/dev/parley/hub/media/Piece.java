package dev.parley.hub.media;

/**
 * A stretch of encoded sound.
 *
 * @param data its bytes; nobody changes them any more
 * @param offsetMs where it begins, in ms from the first sample
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and copying sound would only cost.
public record Piece(byte[] data, long offsetMs) {}
