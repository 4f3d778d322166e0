package dev.parley.hub.app;

import dev.parley.core.error.Shown;
import dev.parley.core.model.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands behind a command: {@code --name value} or {@code --name=value}, each name once unless
 * it is one of many values, and plain words. Nothing abbreviated, nothing clustered.
 */
record Arguments(Map<String, String> options, List<String> words) {

  Arguments {
    options = Map.copyOf(options);
    words = List.copyOf(words);
  }

  /**
   * @param known the options that the command takes, besides {@code --help}
   * @param wordsMax how many plain words it takes
   */
  static Arguments parse(List<String> given, List<Option> known, int wordsMax)
      throws UsageException {
    Map<String, Option> byName =
        Stream.concat(known.stream(), Stream.of(Option.HELP))
            .collect(Collectors.toMap(Option::name, option -> option));
    Map<String, String> options = new HashMap<>();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String text = given.get(i);
      if (text.equals("-h")) {
        options.put(Option.HELP.name(), "");
      } else if (text.startsWith("--")) {
        i += option(given, i, byName, options);
      } else if (text.startsWith("-") && text.length() > 1) {
        throw new UsageException(
            unknown("option", text, byName.keySet().stream().map(n -> "--" + n)));
      } else {
        words.add(text);
      }
    }
    if (words.size() > wordsMax) {
      throw new UsageException(
          "unexpected word "
              + Shown.quoted(words.get(wordsMax))
              + " (expected: "
              + (wordsMax == 0 ? "options only" : "no more than " + Words.count(wordsMax, "word"))
              + known.stream()
                  .filter(Option::takesValue)
                  .findFirst()
                  .map(option -> ", such as " + option.shown())
                  .filter(_ -> wordsMax == 0)
                  .orElse("")
              + ")");
    }
    return new Arguments(options, words);
  }

  /** Reads the option at {@code i}; says how many further texts it took. */
  private static int option(
      List<String> given, int i, Map<String, Option> known, Map<String, String> options)
      throws UsageException {
    String text = given.get(i);
    int equals = text.indexOf('=');
    String name = text.substring(2, equals < 0 ? text.length() : equals);
    Option option = known.get(name);
    if (option == null) {
      throw new UsageException(
          unknown("option", "--" + name, known.keySet().stream().map(n -> "--" + n)));
    }
    if (options.containsKey(name) && !option.many()) {
      throw new UsageException("--" + name + " is given twice");
    }
    if (!option.takesValue()) {
      if (equals >= 0) {
        throw new UsageException("--" + name + " takes no value");
      }
      options.put(name, "");
      return 0;
    }
    boolean separate = equals < 0;
    String value =
        separate ? i + 1 < given.size() ? given.get(i + 1) : "" : text.substring(equals + 1);
    if (value.isEmpty() || (separate && value.startsWith("--"))) {
      throw new UsageException("--" + name + " needs a value: " + option.shown());
    }
    options.merge(name, value, (before, more) -> before + "," + more);
    return separate ? 1 : 0;
  }

  /** The message about a name that nobody knows. */
  static String unknown(String kind, String name, Stream<String> known) {
    List<String> names = known.sorted().toList();
    String nearest =
        NearestName.of(name, names).map(near -> "; did you mean " + near + "?").orElse("");
    return "unknown "
        + kind
        + " "
        + Shown.quoted(name)
        + nearest
        + " (known: "
        + String.join(", ", names)
        + ")";
  }

  boolean has(Option option) {
    return options.containsKey(option.name());
  }

  Optional<String> get(Option option) {
    return Optional.ofNullable(options.get(option.name()));
  }

  /** The values of an option of many, however they were given; none when it was not. */
  List<String> list(Option option) {
    return get(option).stream()
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** A whole number within the bounds. */
  Optional<Integer> number(Option option, int min, int max) throws UsageException {
    String text = options.get(option.name());
    if (text == null) {
      return Optional.empty();
    }
    if (text.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return Optional.of(number);
      }
    }
    throw new UsageException(
        "--" + option.name() + ": " + Shown.quoted(text) + " (expected: " + min + ".." + max + ")");
  }
}
