package dev.parley.adapters.espeak;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks through an SSML document before the program reads it. The program would load a file that an
 * {@code audio} element names, and run a converter on it, so only elements that shape speech pass.
 */
final class SsmlElements {

  private static final Set<String> SPEECH =
      Set.of(
          "speak",
          "p",
          "s",
          "break",
          "emphasis",
          "prosody",
          "say-as",
          "sub",
          "voice",
          "lang",
          "phoneme",
          "mark");

  /** Whatever begins like a tag, however odd what follows is. */
  private static final Pattern TAG = Pattern.compile("<\\s*/?\\s*([^\\s/>\"'=]*)([^>]*)");

  private static final Pattern ODD_VALUE = Pattern.compile("=\\s*[\"']?[^\"'>]*[/\\\\]");

  private SsmlElements() {}

  /** What the document has that is not passed on; empty when all of it is fine. */
  static Optional<String> foreign(String document) {
    Matcher tags = TAG.matcher(document);
    while (tags.find()) {
      String name = tags.group(1).toLowerCase(Locale.ROOT);
      if (name.equals("?xml") || name.startsWith("!--")) {
        continue;
      }
      if (!SPEECH.contains(name)) {
        return Optional.of("an element that it does not know");
      }
      boolean names = name.equals("voice") || name.equals("mark");
      if (names && ODD_VALUE.matcher(tags.group(2)).find()) {
        return Optional.of("a name with a slash");
      }
    }
    return Optional.empty();
  }
}
