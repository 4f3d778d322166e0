package dev.parley.core.recognition;

import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Languages by their tags and by their English names: callers and servers use both, {@code de} and
 * {@code german}.
 */
public final class LanguageNames {

  /** Names that recognisers use and the platform does not. */
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("mandarin", "zh"),
          Map.entry("castilian", "es"),
          Map.entry("valencian", "ca"),
          Map.entry("flemish", "nl"),
          Map.entry("haitian creole", "ht"),
          Map.entry("haitian", "ht"),
          Map.entry("myanmar", "my"),
          Map.entry("burmese", "my"),
          Map.entry("letzeburgesch", "lb"),
          Map.entry("pushto", "ps"),
          Map.entry("pashto", "ps"),
          Map.entry("panjabi", "pa"),
          Map.entry("moldavian", "ro"),
          Map.entry("moldovan", "ro"),
          Map.entry("sinhalese", "si"),
          Map.entry("nynorsk", "nn"),
          Map.entry("tagalog", "tl"),
          Map.entry("cantonese", "yue"),
          Map.entry("javanese", "jv"),
          Map.entry("hebrew", "he"),
          Map.entry("greek", "el"));

  private static final Set<String> CODES = Set.of(Locale.getISOLanguages());
  private static final Map<String, String> BY_NAME = byName();
  private static final Set<String> ALL_NAMES = new TreeSet<>(BY_NAME.keySet());

  private LanguageNames() {}

  private static Map<String, String> byName() {
    Map<String, String> names = new HashMap<>();
    for (String code : CODES) {
      String name = Locale.of(code).getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT);
      if (!name.equals(code)) {
        names.putIfAbsent(name, Locale.of(code).toLanguageTag());
      }
    }
    names.putAll(OTHER_NAMES);
    return names;
  }

  /**
   * The BCP 47 tag of a language that is given by tag or English name, such as {@code pt-br},
   * {@code german}; empty when it is none.
   */
  public static Optional<String> tag(String tagOrName) {
    String given = tagOrName.strip().replace('_', '-');
    String named = BY_NAME.get(given.toLowerCase(Locale.ROOT));
    if (named != null) {
      return Optional.of(named);
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(given).build();
      return isKnown(locale) ? Optional.of(locale.toLanguageTag()) : Optional.empty();
    } catch (IllformedLocaleException _) {
      return Optional.empty();
    }
  }

  /** Two letters that are in use, or three: there are thousands, and no list here has them all. */
  private static boolean isKnown(Locale locale) {
    String language = locale.getLanguage();
    return CODES.contains(language)
        || (language.length() == 3 && !locale.getDisplayLanguage(Locale.ENGLISH).equals(language));
  }

  /** The language alone of a tag, without region or script, as most servers want it. */
  public static String primary(String tag) {
    int dash = tag.indexOf('-');
    return (dash < 0 ? tag : tag.substring(0, dash)).toLowerCase(Locale.ROOT);
  }

  /** English name in lower case, as recognisers spell it, such as {@code german}. */
  public static String english(String tag) {
    String primary = primary(tag);
    return primary.isEmpty()
        ? ""
        : Locale.of(primary).getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT);
  }

  /** All English names, for messages that offer the nearest. */
  public static Set<String> names() {
    return Set.copyOf(ALL_NAMES);
  }
}
