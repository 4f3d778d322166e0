package dev.parley.hub.edge.audio;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The named values of a request, from a form, a JSON object or a query. Whatever is wrong with one
 * is a failure that names it, with what would do.
 */
public final class Fields {

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Map<String, JsonValue> json = new LinkedHashMap<>();
  private int count;

  /** Adds a value; where one is meant that is given twice, the last one counts. */
  void put(String name, String value) {
    values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    count++;
  }

  /** Adds a member of a JSON object: the elements of a list one by one, objects as their text. */
  void put(String name, JsonValue value) {
    json.put(name, value);
    if (value.isArray()) {
      value.elements().forEach(element -> put(name, plain(element)));
    } else {
      put(name, plain(value));
    }
  }

  private static String plain(JsonValue value) {
    return value.isString() ? value.asString() : value.raw();
  }

  /**
   * What is given besides the known names, as one object: members of JSON as they were, values of a
   * form as texts.
   */
  public JsonValue others(Predicate<String> known) {
    JsonWriter out = new JsonWriter(64).beginObject();
    values.forEach((name, given) -> {
      JsonValue member = json.get(name);
      if (known.test(name)) {
        return;
      }
      out.name(name);
      if (member != null) {
        out.raw(member);
      } else if (given.size() == 1) {
        out.value(given.getFirst());
      } else {
        out.beginArray();
        given.forEach(out::value);
        out.endArray();
      }
    });
    return out.endObject().toValue();
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** What was given. */
  public Set<String> names() {
    return values.keySet();
  }

  /** All values of a name, in their order, empty ones, too. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Refuses names that mean nothing here. */
  public void refuseOthers(List<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        String nearest =
            NearestName.of(name, known).map(n -> "did you mean " + n + "? known: ").orElse("");
        throw invalid(Shown.text(name), "unknown", nearest + String.join(", ", known));
      }
    }
  }

  /** The value of a name; empty when it is not given, or is empty. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name))
        .map(List::getLast)
        .filter(value -> !value.isEmpty());
  }

  /** A whole number in a range; empty when it is not given. */
  public OptionalInt whole(String name, int min, int max) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int value = Integer.parseInt(text.get().strip());
      if (value >= min && value <= max) {
        return OptionalInt.of(value);
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw invalid(name, Shown.quoted(text.get()), "a whole number, " + min + ".." + max);
  }

  /** A number in a range; empty when it is not given. */
  public OptionalDouble number(String name, double min, double max) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(text.get().strip());
      if (value >= min && value <= max) {
        return OptionalDouble.of(value);
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw invalid(name, Shown.quoted(text.get()), "a number, " + min + ".." + max);
  }

  /** Yes or no as clients of all languages spell it; empty when it is not given. */
  public Optional<Boolean> bool(String name) {
    return text(name)
        .map(text ->
            switch (text.strip().toLowerCase(Locale.ROOT)) {
              case "true", "1" -> true;
              case "false", "0" -> false;
              default -> throw invalid(name, Shown.quoted(text), "true or false");
            });
  }

  /** One of some words; empty when it is not given. */
  public Optional<String> word(String name, List<String> words) {
    Optional<String> given = text(name);
    given.ifPresent(text -> checkWord(name, text, words));
    return given;
  }

  /** Each of them one of some words. */
  public List<String> words(String name, List<String> words) {
    List<String> given = all(name).stream().filter(text -> !text.isEmpty()).toList();
    given.forEach(text -> checkWord(name, text, words));
    return given;
  }

  private static void checkWord(String name, String text, List<String> words) {
    if (!words.contains(text)) {
      String nearest =
          NearestName.of(text, words).map(word -> "; did you mean " + word + "?").orElse("");
      throw invalid(name, Shown.quoted(text), "one of " + String.join(", ", words) + nearest);
    }
  }

  Optional<AudioEncoding> encoding(String name) {
    return text(name)
        .map(text ->
            AudioEncoding.byName(text)
                .orElseThrow(() ->
                    invalid(
                        name,
                        Shown.quoted(text),
                        "one of "
                            + String.join(", ", AudioEncoding.wireNames().toList())
                            + NearestName.of(text, AudioEncoding.wireNames().toList())
                                .map(nearest -> "; did you mean " + nearest + "?")
                                .orElse(""))));
  }

  /** What the caller says that the sound it brings is. */
  AudioFormat declared() {
    Optional<AudioEncoding> encoding = encoding("input_format");
    OptionalInt rate = whole("input_sample_rate", 1, 768_000);
    if (rate.isEmpty() && encoding.filter(AudioEncoding::isHeaderless).isPresent()) {
      throw invalid(
          "input_sample_rate",
          "missing",
          "the rate, as " + encoding.get().wireName() + " does not tell it");
    }
    return new AudioFormat(encoding, rate.orElse(0), whole("input_channels", 1, 64).orElse(0), 0);
  }

  /** What the caller wants. */
  AudioFormat wanted(AudioEncoding usual) {
    return new AudioFormat(
        encoding("output_format")
            .or(() -> encoding("response_format"))
            .or(() -> Optional.of(usual)),
        whole("sample_rate", 1, 768_000).orElse(0),
        whole("channels", 1, 64).orElse(0),
        whole("bitrate", 1, 10_000_000).orElse(0));
  }

  /** A value that does not do. */
  public static HubException invalid(String field, String found, String expected) {
    return new HubException(new HubError.InvalidRequest(field, found, expected));
  }
}
