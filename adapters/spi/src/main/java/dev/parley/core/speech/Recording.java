package dev.parley.core.speech;

/**
 * A recording of a voice, ready to be sent to a backend: WAV, 16-bit integers, one channel.
 *
 * @param sha256 hash of {@code wav} in lower-case hexadecimal: two recordings with the same hash
 *     are the same
 * @param wav the whole file; nobody changes it
 * @param sampleRateHz its rate
 * @param seconds its length
 * @param transcript what is said in it; empty when nobody knows
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and copying sound would only cost.
public record Recording(
    String sha256, byte[] wav, int sampleRateHz, double seconds, String transcript) {}
