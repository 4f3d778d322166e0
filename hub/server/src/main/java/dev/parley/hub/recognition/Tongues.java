package dev.parley.hub.recognition;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.NearestName;
import dev.parley.core.recognition.LanguageNames;
import java.util.ArrayList;
import java.util.List;

/** The languages that a caller expects, as tags. */
final class Tongues {

  private static final int SHOWN_CHARS_MAX = 40;
  private static final int LANGUAGES_MAX = 64;

  private Tongues() {}

  /**
   * Each of them once, in their order.
   *
   * @throws HubException when one is no language
   */
  static List<String> tags(List<String> given) {
    if (given.size() > LANGUAGES_MAX) {
      throw new HubException(
          new HubError.InvalidRequest(
              "languages", given.size() + " of them", "at most " + LANGUAGES_MAX));
    }
    List<String> tags = new ArrayList<>();
    for (String language : given) {
      String tag = LanguageNames.tag(language).orElseThrow(() -> unknown(language));
      if (!tags.contains(tag)) {
        tags.add(tag);
      }
    }
    return tags;
  }

  private static HubException unknown(String language) {
    String head =
        language.length() > SHOWN_CHARS_MAX ? language.substring(0, SHOWN_CHARS_MAX) : language;
    String nearest =
        NearestName.of(language, LanguageNames.names())
            .map(name -> "; did you mean '" + name + "'?")
            .orElse("");
    return new HubException(
        new HubError.InvalidRequest(
            "language",
            "\"" + head.replaceAll("\\p{Cntrl}", "?") + "\"",
            "a BCP 47 tag such as en or pt-BR, or an English name such as german" + nearest));
  }
}
