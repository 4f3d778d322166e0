package dev.parley.testkit.content;

/**
 * A word and when it is said.
 *
 * @param text without blanks
 * @param start seconds from the sound's beginning
 * @param end seconds from the sound's beginning
 */
public record TimedWord(String text, double start, double end) {

  /** The same word so many seconds later. */
  public TimedWord later(double seconds) {
    return new TimedWord(text, start + seconds, end + seconds);
  }
}
