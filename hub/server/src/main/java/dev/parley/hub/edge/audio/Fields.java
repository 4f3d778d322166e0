package dev.parley.hub.edge.audio;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The named values of a request, from a form, a JSON object or a query. Whatever is wrong with one
 * is a failure that names it, with what would do.
 */
public final class Fields {

  private static final int SHOWN_CHARS_MAX = 60;

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private int count;

  /** Adds a value; where one is meant that is given twice, the last one counts. */
  void put(String name, String value) {
    values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    count++;
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
        throw invalid(shown(name), "unknown", nearest + String.join(", ", known));
      }
    }
  }

  /** The value of a name; empty when it is not given, or is empty. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name))
        .map(List::getLast)
        .filter(value -> !value.isEmpty());
  }

  OptionalInt whole(String name, int min, int max) {
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
    throw invalid(name, quoted(text.get()), "a whole number, " + min + ".." + max);
  }

  OptionalDouble number(String name, double min, double max) {
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
    throw invalid(name, quoted(text.get()), "a number, " + min + ".." + max);
  }

  Optional<AudioEncoding> encoding(String name) {
    return text(name)
        .map(text ->
            AudioEncoding.byName(text)
                .orElseThrow(() ->
                    invalid(
                        name,
                        quoted(text),
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

  private static String quoted(String text) {
    return "\"" + shown(text) + "\"";
  }

  private static String shown(String text) {
    String head = text.length() > SHOWN_CHARS_MAX ? text.substring(0, SHOWN_CHARS_MAX) + "…" : text;
    return head.replaceAll("\\p{Cntrl}", "?");
  }
}
