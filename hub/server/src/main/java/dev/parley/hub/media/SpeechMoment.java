package dev.parley.hub.media;

/**
 * A moment at which speech starts or stops.
 *
 * @param starts whether it starts there
 * @param offsetMs from the first sample of the stream; the past, padding included
 * @param probability of speech when this was decided, 0..1
 */
public record SpeechMoment(boolean starts, long offsetMs, float probability) {}
