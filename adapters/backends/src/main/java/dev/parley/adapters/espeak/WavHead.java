package dev.parley.adapters.espeak;

import java.util.Arrays;

/**
 * Takes the header off a WAV stream whose sizes say nothing, as they are written before the sound
 * is. One stream each, for one thread.
 */
final class WavHead {

  /** Headers are 44 bytes; what goes on for longer without sound is none. */
  private static final int HEAD_BYTES_MAX = 4_096;

  private static final int RIFF_BYTES = 12;
  private static final int CHUNK_BYTES = 8;
  private static final int USUAL_RATE_HZ = 22_050;

  private byte[] head = {};
  private boolean passed;
  private int sampleRateHz = USUAL_RATE_HZ;

  /** Whether the header is behind. */
  boolean isPassed() {
    return passed;
  }

  int sampleRateHz() {
    return sampleRateHz;
  }

  /**
   * The sound in the next bytes; empty while the header lasts.
   *
   * @throws IllegalArgumentException if this is no WAV
   */
  byte[] strip(byte[] bytes, int length) {
    if (passed) {
      return Arrays.copyOf(bytes, length);
    }
    int before = head.length;
    head = Arrays.copyOf(head, before + length);
    System.arraycopy(bytes, 0, head, before, length);
    int sound = soundStart();
    if (sound < 0 || sound > head.length) {
      if (head.length > HEAD_BYTES_MAX) {
        throw new IllegalArgumentException("no sound in this WAV");
      }
      return new byte[0];
    }
    passed = true;
    byte[] rest = Arrays.copyOfRange(head, sound, head.length);
    head = new byte[0];
    return rest;
  }

  /** Where the data begins; -1 while that cannot be told. */
  private int soundStart() {
    if (head.length < RIFF_BYTES) {
      return -1;
    }
    if (!is("RIFF", 0) || !is("WAVE", 8)) {
      throw new IllegalArgumentException("no WAV");
    }
    int at = RIFF_BYTES;
    while (at + CHUNK_BYTES <= head.length) {
      if (is("data", at)) {
        return at + CHUNK_BYTES;
      }
      if (is("fmt ", at) && at + 16 <= head.length) {
        sampleRateHz = little(at + 12);
      }
      int size = little(at + 4);
      if (size < 0 || size > HEAD_BYTES_MAX) {
        throw new IllegalArgumentException("no WAV");
      }
      at += CHUNK_BYTES + size;
    }
    return -1;
  }

  private boolean is(String name, int at) {
    for (int i = 0; i < name.length(); i++) {
      if (head[at + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int little(int at) {
    return (head[at] & 0xFF)
        | (head[at + 1] & 0xFF) << 8
        | (head[at + 2] & 0xFF) << 16
        | (head[at + 3] & 0xFF) << 24;
  }
}
