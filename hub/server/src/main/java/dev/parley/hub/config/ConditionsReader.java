package dev.parley.hub.config;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads {@code when} of a rule; a list of one may be written as its only item. */
final class ConditionsReader {

  private static final List<String> LIST_KEYS =
      List.of("capability", "language", "input", "output", "key", "tag", "priority");
  private static final List<String> KEYS =
      Keys.joined(
          LIST_KEYS,
          List.of(
              "stream",
              "audio_min",
              "audio_max",
              "size_min",
              "size_max",
              "context_min",
              "context_max"));
  private static final String ALLOWED = "at least one of " + String.join(", ", KEYS);

  private final Reading reading;
  private final YamlMap map;

  private ConditionsReader(Reading reading, YamlMap map) {
    this.reading = reading;
    this.map = map;
  }

  /** The conditions of a rule; what is wrong with them is reported. */
  static ConditionsConfig read(Reading reading, YamlMap rule) {
    if (!rule.has("when")) {
      rule.missing("when", "a map of conditions, " + ALLOWED);
      return ConditionsConfig.NONE;
    }
    return rule.map("when", KEYS)
        .map(map -> new ConditionsReader(reading, map).conditions())
        .orElse(ConditionsConfig.NONE);
  }

  private ConditionsConfig conditions() {
    if (map.isMap() && map.keys().stream().noneMatch(map::has)) {
      reading.problem(map.line(), map.spot().path(), "no condition", ALLOWED);
    }
    LIST_KEYS.forEach(this::refuseEmpty);
    Range<Duration> audio =
        range(
            "audio", key -> map.duration(key, ConditionsConfig.AUDIO_RANGE), DurationText::format);
    Range<Long> bytes =
        range("size", key -> boxed(map.size(key, ConditionsConfig.BYTES_RANGE)), SizeText::format);
    Range<Long> context =
        range(
            "context",
            key ->
                map.whole(key, ConditionsConfig.CONTEXT_RANGE).stream()
                    .asLongStream()
                    .boxed()
                    .findFirst(),
            String::valueOf);
    return new ConditionsConfig(
        named("capability", Capability::byName, Capability.wireNames()),
        matching("language", BackendModelConfig::isLanguage, "a language tag such as en or pt-BR"),
        named("input", Modality::byName, Modality.wireNames()),
        named("output", Modality::byName, Modality.wireNames()),
        map.flag("stream"),
        matching("key", ConditionsConfig::isName, ConditionsConfig.NAME_ALLOWED),
        matching("tag", ConditionsConfig::isName, ConditionsConfig.NAME_ALLOWED),
        named("priority", Priority::byName, Priority.wireNames()),
        audio.min(),
        audio.max(),
        unboxed(bytes.min()),
        unboxed(bytes.max()),
        unboxed(context.min()),
        unboxed(context.max()));
  }

  private void refuseEmpty(String key) {
    if (map.isEmptyList(key)) {
      reading.problem(map.line(key), map.spot(key).path(), "an empty list", "at least one value");
    }
  }

  private record Range<T>(Optional<T> min, Optional<T> max) {}

  /** Bounds that are out of order are read as none; the file is refused then. */
  private <T extends Comparable<T>> Range<T> range(
      String name, Function<String, Optional<T>> read, Function<T, String> shown) {
    String least = name + "_min";
    String most = name + "_max";
    Range<T> range = new Range<>(read.apply(least), read.apply(most));
    boolean both = range.min().isPresent() && range.max().isPresent();
    boolean ordered =
        new KeyOrder(reading, map, least, most).holds(range.min(), range.max(), shown);
    return both && !ordered ? new Range<>(Optional.empty(), Optional.empty()) : range;
  }

  private <T> Set<T> named(String key, Function<String, Optional<T>> byName, List<String> known) {
    Set<T> values = new LinkedHashSet<>();
    map.textsOrOne(key).forEach(text -> text.named(byName, known).ifPresent(values::add));
    return values;
  }

  private List<String> matching(String key, Predicate<String> form, String allowed) {
    List<String> values = new ArrayList<>();
    map.textsOrOne(key).forEach(text -> text.matching(form, allowed).ifPresent(values::add));
    return values;
  }

  private static Optional<Long> boxed(OptionalLong value) {
    return value.stream().boxed().findFirst();
  }

  private static OptionalLong unboxed(Optional<Long> value) {
    return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }
}
