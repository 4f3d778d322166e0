package dev.parley.adapters.speech;

import dev.parley.core.audio.AudioEncoding;
import java.util.Arrays;

/**
 * Holds back the bytes of a sample that is not complete yet, so that headerless sound is passed on
 * in whole samples however the network cut it. Half a sample at the very end is dropped: there is
 * no sound in it. Containers pass as they come.
 */
final class WholeSamples {

  private final int unit;
  private byte[] kept = {};

  private WholeSamples(int unit) {
    this.unit = unit;
  }

  static WholeSamples of(AudioEncoding encoding, int channels) {
    int bytes =
        switch (encoding) {
          case PCM_S16LE -> 2;
          case PCM_F32LE -> 4;
          case MULAW, ALAW, WAV, FLAC, MP3, OGG_OPUS, WEBM_OPUS, AAC_ADTS, MP4_AAC -> 1;
        };
    return new WholeSamples(bytes == 1 ? 1 : bytes * Math.max(1, channels));
  }

  /** All whole samples up to now; empty when there is none. The array given may be returned. */
  byte[] next(byte[] more) {
    if (kept.length == 0 && more.length % unit == 0) {
      return more;
    }
    byte[] all = Arrays.copyOf(kept, kept.length + more.length);
    System.arraycopy(more, 0, all, kept.length, more.length);
    int whole = all.length - all.length % unit;
    kept = Arrays.copyOfRange(all, whole, all.length);
    return Arrays.copyOf(all, whole);
  }
}
