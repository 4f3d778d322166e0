package dev.parley.hub.media;

import java.util.Arrays;

/**
 * Samples of one channel as 16-bit integers, low byte first, in memory that grows with them; how
 * many there may be, its owner bounds. For one thread at a time.
 */
final class PcmBuffer {

  private static final int BYTES = 2;
  private static final float FULL_SCALE = 32_768f;

  private byte[] pcm;
  private int count;

  /**
   * @param samples room to begin with
   */
  PcmBuffer(int samples) {
    pcm = new byte[samples * BYTES];
  }

  /** How many there are. */
  int samples() {
    return count;
  }

  /** Adds samples, full scale 1; what is louder is clipped. */
  void add(float[] samples, int length) {
    int needed = (count + length) * BYTES;
    if (pcm.length < needed) {
      pcm = Arrays.copyOf(pcm, Math.max(needed, pcm.length + pcm.length / 2));
    }
    int at = count * BYTES;
    for (int i = 0; i < length; i++) {
      int whole = Math.clamp(Math.round(samples[i] * FULL_SCALE), Short.MIN_VALUE, Short.MAX_VALUE);
      pcm[at++] = (byte) whole;
      pcm[at++] = (byte) (whole >> 8);
    }
    count += length;
  }

  /** Lets go of the first samples; the others move to the front. */
  void dropFirst(int samples) {
    System.arraycopy(pcm, samples * BYTES, pcm, 0, (count - samples) * BYTES);
    count -= samples;
  }

  /** Lets go of all, memory included. */
  void clear() {
    pcm = new byte[0];
    count = 0;
  }

  /** One sample, as an integer. */
  int sample(int index) {
    int at = index * BYTES;
    return (pcm[at] & 0xff) | pcm[at + 1] << 8;
  }

  /** Samples as they were added, but for what rounding changed. */
  void read(int from, float[] into, int length) {
    for (int i = 0; i < length; i++) {
      into[i] = sample(from + i) / FULL_SCALE;
    }
  }

  /** Puts samples behind others into a WAV file; gives where they end. */
  int copy(int from, int samples, byte[] file, int at) {
    System.arraycopy(pcm, from * BYTES, file, at, samples * BYTES);
    return at + samples * BYTES;
  }
}
