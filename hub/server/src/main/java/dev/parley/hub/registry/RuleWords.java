package dev.parley.hub.registry;

import dev.parley.hub.config.ConditionsConfig;
import dev.parley.hub.config.DurationText;
import dev.parley.hub.config.SizeText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Says in a few words when a rule holds, for plans that people read. */
final class RuleWords {

  private RuleWords() {}

  /** Such as {@code rule 2: size up to 10MiB}. Names of keys are left out: callers read this. */
  static String of(int number, ConditionsConfig when) {
    List<String> parts = new ArrayList<>();
    add(parts, any("", sorted(when.capabilities().stream().map(c -> c.wireName()))));
    add(parts, any("language ", when.languages()));
    add(parts, all(sorted(when.inputs().stream().map(m -> m.wireName())), " input"));
    add(parts, all(sorted(when.outputs().stream().map(m -> m.wireName())), " output"));
    when.stream().ifPresent(stream -> parts.add(stream ? "streamed" : "not streamed"));
    add(parts, when.keys().isEmpty() ? "" : "the caller's key");
    add(parts, any("tag ", when.tags()));
    add(parts, any("priority ", sorted(when.priorities().stream().map(p -> p.wireName()))));
    add(
        parts,
        range(
            "audio",
            when.audioMin().map(DurationText::format),
            when.audioMax().map(DurationText::format)));
    add(parts, range("size", size(when.bytesMin()), size(when.bytesMax())));
    add(parts, range("context", tokens(when.contextMin()), tokens(when.contextMax())));
    return "rule " + number + ": " + (parts.isEmpty() ? "any call" : String.join(", ", parts));
  }

  private static void add(List<String> parts, String part) {
    if (!part.isEmpty()) {
      parts.add(part);
    }
  }

  private static List<String> sorted(Stream<String> names) {
    return names.sorted().toList();
  }

  private static String any(String what, Collection<String> names) {
    return names.isEmpty() ? "" : what + String.join(" or ", names);
  }

  private static String all(Collection<String> names, String what) {
    return names.isEmpty() ? "" : String.join(" and ", names) + what;
  }

  private static String range(String what, Optional<String> min, Optional<String> max) {
    if (min.isPresent() && max.isPresent()) {
      return what + " of " + min.get() + " to " + max.get();
    }
    return min.map(least -> what + " of " + least + " or more")
        .or(() -> max.map(most -> what + " up to " + most))
        .orElse("");
  }

  private static Optional<String> size(OptionalLong bytes) {
    return bytes.isPresent() ? Optional.of(SizeText.format(bytes.getAsLong())) : Optional.empty();
  }

  private static Optional<String> tokens(OptionalLong count) {
    return count.isPresent() ? Optional.of(count.getAsLong() + " tokens") : Optional.empty();
  }
}
