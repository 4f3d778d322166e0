package dev.parley.adapters.speech;

import dev.parley.core.audio.AudioEncoding;

/**
 * What a request asked for. It counts only where the answer does not say what it is.
 *
 * @param encoding of the sound
 * @param sampleRateHz of headerless samples, which rarely tell their rate
 * @param voice the voice that the adapter chose because nobody asked for one; else empty
 */
public record Expected(AudioEncoding encoding, int sampleRateHz, String voice) {

  /** In nobody's voice. */
  public static Expected of(AudioEncoding encoding, int sampleRateHz) {
    return new Expected(encoding, sampleRateHz, "");
  }

  /** The same in that voice. */
  public Expected withVoice(String name) {
    return new Expected(encoding, sampleRateHz, name);
  }
}
