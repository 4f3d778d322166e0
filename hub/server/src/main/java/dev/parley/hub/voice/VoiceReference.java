package dev.parley.hub.voice;

/**
 * A recording of a voice, as it was given and as it was found to be.
 *
 * @param id opaque, unique in the library
 * @param sha256 of the bytes that were given, lower-case hexadecimal
 * @param seconds its length
 * @param sampleRateHz its own rate
 * @param transcript what is said in it; empty when nobody said
 * @param speechSeconds how much of it is speech
 * @param loudnessLufs how loud it is, after ITU-R BS.1770
 * @param snrDb how far the speech stands above the rest
 * @param clippedRatio share of its samples at full scale, 0..1
 */
public record VoiceReference(
    String id,
    String sha256,
    double seconds,
    int sampleRateHz,
    String transcript,
    double speechSeconds,
    double loudnessLufs,
    double snrDb,
    double clippedRatio) {}
