package dev.parley.core.recognition;

import dev.parley.core.audio.AudioEncoding;

/**
 * A stretch of sound, ready to be sent to a backend: one channel at 16,000 samples a second, a
 * whole file in memory.
 *
 * @param encoding what the bytes are, a container that tells itself: WAV or FLAC
 * @param bytes the whole file; nobody changes it
 * @param samples its length, at {@link #RATE_HZ}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and copying sound would only cost.
public record Clip(AudioEncoding encoding, byte[] bytes, long samples) {

  /** Samples a second of every clip. */
  public static final int RATE_HZ = 16_000;

  /** Its length in seconds. */
  public double seconds() {
    return (double) samples / RATE_HZ;
  }
}
