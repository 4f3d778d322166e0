package dev.parley.gpu.vad.segment;

/**
 * A stretch of speech at 16 kHz, its padding included.
 *
 * @param start first sample, from the start of the signal
 * @param end the sample behind the last one
 * @param probability mean probability of its chunks, without the padding, 0 to 1
 */
public record SpeechSegment(long start, long end, float probability) {}
