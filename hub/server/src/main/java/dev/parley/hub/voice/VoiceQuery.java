package dev.parley.hub.voice;

/**
 * Which voices to list.
 *
 * @param language a BCP 47 tag, {@code en} includes {@code en-GB}; empty: any
 * @param size most in one page, 1..1000
 * @param after the id of the last voice of the page before; empty: from the first
 */
public record VoiceQuery(String language, int size, String after) {

  public static final int SIZE_MAX = 1_000;

  public VoiceQuery {
    if (size < 1 || size > SIZE_MAX) {
      throw new IllegalArgumentException("size: " + size + " (expected: 1.." + SIZE_MAX + ")");
    }
  }

  /** Whether something said in these languages is meant. */
  boolean wants(Iterable<String> languages) {
    if (language.isEmpty()) {
      return true;
    }
    for (String tag : languages) {
      boolean within =
          tag.regionMatches(true, 0, language, 0, language.length())
              && (tag.length() == language.length() || tag.charAt(language.length()) == '-');
      if (within) {
        return true;
      }
    }
    return false;
  }
}
