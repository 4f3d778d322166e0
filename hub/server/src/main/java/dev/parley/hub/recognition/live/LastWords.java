package dev.parley.hub.recognition.live;

import dev.parley.core.recognition.Clip;

/**
 * What was said last for good: a hint for whoever writes down what follows, unless it was too long
 * ago. Belongs to the caller's event loop.
 */
final class LastWords {

  private static final int CHARS_MAX = 200;
  private static final long GAP_SAMPLES_MAX = 10L * Clip.RATE_HZ;

  private String said = "";

  /** Without what the next stretch shares with the last one: nobody is to be told what he hears. */
  private String unshared = "";

  private long saidTo;

  /** More was said, in a stretch. */
  void add(String text, String unsharedText, Stretch in) {
    String earlier = before(in);
    unshared = behind(earlier, unsharedText);
    said = behind(earlier, text);
    saidTo = in.end();
  }

  private static String behind(String earlier, String text) {
    String all = earlier.isEmpty() || text.isEmpty() ? earlier + text : earlier + " " + text;
    return all.length() <= CHARS_MAX ? all : shortened(all);
  }

  /** The words before a stretch; empty: none, or too long ago. */
  String before(Stretch next) {
    String words = next.isShared() ? unshared : said;
    return next.start() - saidTo < GAP_SAMPLES_MAX ? words : "";
  }

  /** The end of a text, from a word on where there is one. */
  private static String shortened(String text) {
    int from = text.length() - CHARS_MAX;
    int word = text.indexOf(' ', from);
    if (word >= 0) {
      return text.substring(word + 1);
    }
    return text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
  }
}
