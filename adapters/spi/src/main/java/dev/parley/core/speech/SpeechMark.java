package dev.parley.core.speech;

/**
 * Where in the sound a piece of the text is.
 *
 * @param value the word, phoneme, viseme or name of the mark
 * @param start first moment, in seconds from the first sample
 * @param end last moment; the same as {@code start} for a mark of SSML
 * @param textStart its first code point in the text, from 0
 * @param textEnd the code point after its last one
 */
public record SpeechMark(
    Kind kind, String value, double start, double end, int textStart, int textEnd) {

  /** What is marked. */
  public enum Kind {
    WORD,
    PHONEME,
    VISEME,
    SSML_MARK
  }
}
