package dev.parley.hub.routing;

import java.util.List;

/** Compares BCP 47 tags by their leading parts; case does not matter. */
public final class Languages {

  private Languages() {}

  /** Whether {@code tag} is {@code range} or a variant of it, as {@code en-US} is of {@code en}. */
  static boolean isVariant(String tag, String range) {
    int length = range.length();
    return tag.regionMatches(true, 0, range, 0, length)
        && (tag.length() == length || tag.charAt(length) == '-');
  }

  /** Whether one of the ranges covers the tag. */
  static boolean anyCovers(List<String> ranges, String tag) {
    for (String range : ranges) {
      if (isVariant(tag, range)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a model of these languages can be asked for this one: a model of {@code en-US} for
   * {@code en}, too.
   */
  public static boolean anyServes(List<String> languages, String tag) {
    for (String language : languages) {
      if (isVariant(tag, language) || isVariant(language, tag)) {
        return true;
      }
    }
    return false;
  }
}
