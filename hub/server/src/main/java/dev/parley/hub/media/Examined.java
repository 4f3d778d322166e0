package dev.parley.hub.media;

import dev.parley.core.speech.Recording;

/**
 * What was found of a recording.
 *
 * @param recording the same sound as a WAV file of one channel at 24 kHz, without a transcript
 * @param sha256 of the bytes as they were given, lower-case hexadecimal
 * @param sizeBytes how many those are
 * @param seconds its length
 * @param sampleRateHz its own rate
 * @param channels its own number of them
 * @param speechSeconds how much of it is speech
 * @param snrDb how far the speech stands above the rest, 0..100; where nearly all is speech, above
 *     its quietest moments
 * @param clippedRatio share of its samples at full scale, 0..1
 * @param loudnessLufs integrated loudness after ITU-R BS.1770-4, -70 when it is silent
 */
public record Examined(
    Recording recording,
    String sha256,
    long sizeBytes,
    double seconds,
    int sampleRateHz,
    int channels,
    double speechSeconds,
    double snrDb,
    double clippedRatio,
    double loudnessLufs) {}
