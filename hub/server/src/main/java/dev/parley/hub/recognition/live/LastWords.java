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
  private long saidTo;

  /** More was said, in a stretch. */
  void add(String text, Stretch in) {
    String earlier = before(in);
    String all = earlier.isEmpty() ? text : earlier + " " + text;
    said = all.length() <= CHARS_MAX ? all : shortened(all);
    saidTo = in.end();
  }

  /** The words before a stretch; empty: none, or too long ago. */
  String before(Stretch next) {
    return next.start() - saidTo < GAP_SAMPLES_MAX ? said : "";
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
