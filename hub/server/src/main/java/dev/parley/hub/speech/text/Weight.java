package dev.parley.hub.speech.text;

/**
 * How much there is to say.
 *
 * @param words between spaces
 * @param ideographs of scripts where one or two make a word
 * @param spaceless letters of scripts without spaces
 */
record Weight(int words, int ideographs, int spaceless) {
  private static final int WORDS_ENOUGH = 3;
  private static final int IDEOGRAPHS_ENOUGH = 8;
  private static final int SPACELESS_ENOUGH = 12;
  private static final int IDEOGRAPHS_FEW = 4;
  private static final int CHARACTERS_FEW = 16;

  static Weight of(CharSequence text, int from, int to) {
    int words = 0;
    int ideographs = 0;
    int spaceless = 0;
    boolean inside = false;
    for (int i = from; i < to; ) {
      int letter = Character.codePointAt(text, i);
      if (Letters.isIdeograph(letter)) {
        ideographs++;
      } else if (Letters.isSpaceless(letter)) {
        spaceless++;
      } else if (Letters.isSpace(letter)) {
        inside = false;
      } else if (!inside && Letters.isSpeakable(letter)) {
        inside = true;
        words++;
      }
      i += Character.charCount(letter);
    }
    return new Weight(words, ideographs, spaceless);
  }

  /** Enough to be a piece of its own. */
  boolean isEnough() {
    return words >= WORDS_ENOUGH
        || ideographs >= IDEOGRAPHS_ENOUGH
        || spaceless >= SPACELESS_ENOUGH;
  }

  /** A sentence so short that it is better spoken together with the next one. */
  static boolean isShort(CharSequence text, int from, int to) {
    if (to - from > CHARACTERS_FEW) {
      return false;
    }
    Weight weight = of(text, from, to);
    return !weight.isEnough() && weight.ideographs <= IDEOGRAPHS_FEW;
  }
}
