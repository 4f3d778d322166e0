package dev.parley.adapters.freetts;

import java.util.List;

/**
 * What was spoken in one go.
 *
 * @param samples 16-bit little-endian, one channel
 * @param sounds where its phonemes are
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Breath(byte[] samples, List<Sounding> sounds) {

  Breath {
    sounds = List.copyOf(sounds);
  }

  /**
   * A phoneme of a word.
   *
   * @param start in seconds from the first sample of the breath
   */
  record Sounding(String phoneme, double start, double end, Word word) {}
}
