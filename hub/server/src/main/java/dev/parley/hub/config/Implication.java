package dev.parley.hub.config;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** Whether one rule's conditions hold whenever another's do. */
final class Implication {

  private Implication() {}

  /** Whether every call that the narrow conditions take is one that the wide ones take as well. */
  static boolean holds(ConditionsConfig narrow, ConditionsConfig wide) {
    return oneOf(narrow.capabilities(), wide.capabilities())
        && languages(narrow.languages(), wide.languages())
        && narrow.inputs().containsAll(wide.inputs())
        && narrow.outputs().containsAll(wide.outputs())
        && (wide.stream().isEmpty() || wide.stream().equals(narrow.stream()))
        && oneOf(Set.copyOf(narrow.keys()), Set.copyOf(wide.keys()))
        && oneOf(Set.copyOf(narrow.tags()), Set.copyOf(wide.tags()))
        && oneOf(narrow.priorities(), wide.priorities())
        && audio(narrow).within(audio(wide))
        && new Bounds(narrow.bytesMin(), narrow.bytesMax())
            .within(new Bounds(wide.bytesMin(), wide.bytesMax()))
        && new Bounds(narrow.contextMin(), narrow.contextMax())
            .within(new Bounds(wide.contextMin(), wide.contextMax()));
  }

  private static <T> boolean oneOf(Set<T> narrow, Set<T> wide) {
    return wide.isEmpty() || (!narrow.isEmpty() && wide.containsAll(narrow));
  }

  private static boolean languages(List<String> narrow, List<String> wide) {
    return wide.isEmpty()
        || (!narrow.isEmpty() && narrow.stream().allMatch(language -> takes(wide, language)));
  }

  private static boolean takes(Collection<String> wide, String language) {
    String variant = language.toLowerCase(Locale.ROOT) + "-";
    return wide.stream().anyMatch(base -> variant.startsWith(base.toLowerCase(Locale.ROOT) + "-"));
  }

  private static Bounds audio(ConditionsConfig when) {
    return new Bounds(
        when.audioMin().stream().mapToLong(Duration::toMillis).findFirst(),
        when.audioMax().stream().mapToLong(Duration::toMillis).findFirst());
  }

  /** Bounds of an amount; with either of them, a call must also tell the amount. */
  private record Bounds(OptionalLong min, OptionalLong max) {

    boolean within(Bounds wide) {
      boolean free = wide.min.isEmpty() && wide.max.isEmpty();
      boolean told = min.isPresent() || max.isPresent();
      return free
          || (told
              && min.orElse(0) >= wide.min.orElse(0)
              && max.orElse(Long.MAX_VALUE) <= wide.max.orElse(Long.MAX_VALUE));
    }
  }
}
