package dev.parley.hub.bench;

import dev.parley.core.error.Shown;
import dev.parley.core.model.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text that teaches the command line, by benchmark; what stands in it as an option is one, so
 * that the nearest of them can be told.
 */
final class Usage {

  private static final String BEGIN = "usage: parley bench ";
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z0-9-]*");

  private final Map<String, String> sections = new LinkedHashMap<>();

  Usage(String text) {
    for (String part : text.split("(?=" + BEGIN + ")", -1)) {
      if (part.startsWith(BEGIN)) {
        String name = part.substring(BEGIN.length(), part.indexOf(' ', BEGIN.length()));
        String options = options(part).contains("--quick") ? " --quick" : "";
        sections.put(
            name, part.stripTrailing() + "\n\n  Such as: parley bench " + name + options + "\n");
      }
    }
  }

  static boolean isHelp(String word) {
    return word.equals("--help") || word.equals("-h") || word.equals("help");
  }

  private static List<String> options(String part) {
    return OPTION.matcher(part).results().map(found -> found.group()).distinct().toList();
  }

  /** What teaches one benchmark; empty where there is none of the name. */
  Optional<String> of(String name) {
    return Optional.ofNullable(sections.get(name));
  }

  String unknown(String name) {
    return "unknown benchmark "
        + Shown.quoted(name)
        + near(name, sections.keySet().stream().toList())
        + " (known: "
        + String.join(", ", sections.keySet())
        + ")";
  }

  /** The option that was probably meant with the first word that is none; empty without one. */
  String nearest(String name, List<String> given) {
    List<String> known = of(name).map(Usage::options).orElse(List.of());
    return given.stream()
        .filter(word -> word.startsWith("-") && !known.contains(word))
        .findFirst()
        .map(word -> near(word, known))
        .orElse("");
  }

  private static String near(String word, List<String> known) {
    return NearestName.of(word, known).map(found -> "; did you mean " + found + "?").orElse("");
  }
}
