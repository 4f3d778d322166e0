package dev.parley.core.model;

/**
 * How much a call asks for, as far as it can be told before it is sent; {@link #UNKNOWN} where it
 * cannot.
 *
 * @param inputTokens estimated tokens of the prompt
 * @param outputTokens most tokens that the caller wants back
 * @param bytes size of an uploaded file
 * @param audioMillis length of the audio
 * @param characters length of a text to be spoken
 */
public record Amounts(
    long inputTokens, long outputTokens, long bytes, long audioMillis, long characters) {

  public static final long UNKNOWN = -1;

  /** Nothing can be told. */
  public static final Amounts NONE = new Amounts(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);

  /** Of a conversation or a text to continue. */
  public static Amounts ofTokens(long inputTokens, long outputTokens) {
    return new Amounts(inputTokens, outputTokens, UNKNOWN, UNKNOWN, UNKNOWN);
  }

  /** Of an upload. */
  public static Amounts ofAudio(long bytes, long audioMillis) {
    return new Amounts(UNKNOWN, UNKNOWN, bytes, audioMillis, UNKNOWN);
  }

  /** Of a text to be spoken. */
  public static Amounts ofCharacters(long characters) {
    return new Amounts(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, characters);
  }
}
