package dev.parley.adapters.espeak;

import dev.parley.core.speech.PresetVoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The voices that the program lists, by the names with which it is told to use them. */
record VoiceList(List<Entry> entries) {

  /** What an English text without any wish is spoken with. */
  private static final String USUAL = "en-us";

  /** Nobody has ten times as many languages. */
  private static final int ENTRIES_MAX = 1_000;

  /** Priority, language, age and gender, the voice's name, its file, further languages. */
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(\\d+)\\s+([A-Za-z0-9-]{1,40})\\s+\\S+\\s+(\\S+)\\s+(\\S+)(?:\\s+(\\(.*))?\\s*");

  private static final Pattern FURTHER = Pattern.compile("\\(([A-Za-z0-9-]{1,40}) (\\d+)\\)");

  VoiceList {
    entries = List.copyOf(entries);
  }

  /**
   * A voice.
   *
   * @param language a tag in lower case
   * @param name as the program shows it, with blanks for underscores
   * @param spoken the languages it is offered for, the best one first
   */
  record Entry(String language, String name, List<Spoken> spoken) {
    Entry {
      spoken = List.copyOf(spoken);
    }
  }

  /**
   * A language of a voice.
   *
   * @param rank smaller is a better fit
   */
  record Spoken(String tag, int rank) {}

  static VoiceList parse(Stream<String> lines) {
    List<Entry> entries = new ArrayList<>();
    lines
        .skip(1)
        .limit(ENTRIES_MAX)
        .forEach(line -> {
          Matcher found = LINE.matcher(line);
          // Two voices of one language tag would answer to the same name: the first is meant.
          if (found.matches() && entries.stream().noneMatch(e -> e.language.equals(tag(found)))) {
            entries.add(entry(found));
          }
        });
    return new VoiceList(entries);
  }

  private static String tag(Matcher line) {
    return line.group(2).toLowerCase(Locale.ROOT);
  }

  private static Entry entry(Matcher line) {
    List<Spoken> spoken = new ArrayList<>();
    spoken.add(new Spoken(tag(line), Integer.parseInt(line.group(1)) - 10));
    if (line.group(5) != null) {
      Matcher further = FURTHER.matcher(line.group(5));
      while (further.find()) {
        String tag = further.group(1).toLowerCase(Locale.ROOT);
        spoken.add(new Spoken(tag, Integer.parseInt(further.group(2))));
      }
    }
    return new Entry(tag(line), line.group(3).replace('_', ' '), spoken);
  }

  /** All of them, the usual one first. */
  List<PresetVoice> presets() {
    return Stream.concat(
            entries.stream().filter(entry -> entry.language.equals(USUAL)),
            entries.stream().filter(entry -> !entry.language.equals(USUAL)))
        .map(entry ->
            new PresetVoice(entry.language, entry.spoken.stream().map(Spoken::tag).toList()))
        .toList();
  }

  /** Everything that is spoken. */
  List<String> languages() {
    return entries.stream()
        .flatMap(entry -> entry.spoken.stream())
        .map(Spoken::tag)
        .distinct()
        .sorted()
        .toList();
  }

  List<String> names() {
    return entries.stream().map(Entry::language).toList();
  }

  /** The voice that callers call so: by its language tag, or by the name that the program shows. */
  Optional<String> named(String name) {
    return entries.stream()
        .filter(entry -> entry.language.equalsIgnoreCase(name) || entry.name.equalsIgnoreCase(name))
        .map(Entry::language)
        .findFirst();
  }

  /**
   * The voice for a language: of the tag itself, else of the tag without its last parts, else any
   * that speaks some kind of that language; the usual one when no language is named.
   */
  Optional<String> nearest(String tag) {
    if (tag.isEmpty()) {
      return named(USUAL).or(() -> entries.stream().map(Entry::language).findFirst());
    }
    String wanted = tag.toLowerCase(Locale.ROOT).replace('_', '-');
    for (String shorter = wanted; !shorter.isEmpty(); shorter = parent(shorter)) {
      Optional<String> found = best(shorter);
      if (found.isPresent()) {
        return found;
      }
    }
    String language = wanted.split("-", 2)[0];
    return entries.stream()
        .map(Entry::language)
        .filter(known -> known.split("-", 2)[0].equals(language))
        .findFirst();
  }

  private Optional<String> best(String tag) {
    String best = "";
    int rank = Integer.MAX_VALUE;
    for (Entry entry : entries) {
      for (Spoken spoken : entry.spoken) {
        if (spoken.tag.equals(tag) && spoken.rank < rank) {
          best = entry.language;
          rank = spoken.rank;
        }
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  private static String parent(String tag) {
    int dash = tag.lastIndexOf('-');
    return dash < 0 ? "" : tag.substring(0, dash);
  }
}
