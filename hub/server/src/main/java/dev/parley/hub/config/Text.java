package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.core.model.NearestName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One scalar of the file with its environment variables replaced. Each conversion reports what does
 * not fit, once, and is then empty.
 *
 * @param shown the scalar as messages may show it: as written, not as replaced
 */
record Text(Reading reading, String value, String shown, String path, int line) {

  Optional<String> matching(Predicate<String> form, String allowed) {
    return form.test(value) ? Optional.of(value) : refused(allowed);
  }

  Optional<String> oneOf(Collection<String> known) {
    return named(name -> Optional.of(name).filter(known::contains), List.copyOf(known));
  }

  /** A name of a closed set that may go by several names. */
  <T> Optional<T> named(Function<String, Optional<T>> byName, List<String> known) {
    Optional<T> found = byName.apply(value);
    if (found.isEmpty()) {
      String allowed =
          known.isEmpty() ? "a configured name; there is none" : "one of " + Keys.shown(known);
      reading.problem(line, path, shown, allowed, NearestName.of(value, known));
    }
    return found;
  }

  Optional<Duration> duration(DurationRange range) {
    Optional<Duration> parsed = DurationText.parse(value).filter(range::contains);
    return parsed.isPresent() ? parsed : refused("a duration such as 900ms, within " + range);
  }

  OptionalLong size(WholeRange range) {
    OptionalLong parsed = SizeText.parse(value);
    if (parsed.isEmpty() || !range.contains(parsed.getAsLong())) {
      refused("a size such as 32MiB, within " + range.inBytes());
      return OptionalLong.empty();
    }
    return parsed;
  }

  /** The range must lie within int. */
  OptionalInt whole(WholeRange range) {
    try {
      long parsed = Long.parseLong(value);
      if (range.contains(parsed)) {
        return OptionalInt.of(Math.toIntExact(parsed));
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    refused("a whole number within " + range);
    return OptionalInt.empty();
  }

  OptionalLong price() {
    OptionalLong parsed = PriceText.parse(value);
    if (parsed.isEmpty()) {
      refused(PriceText.ALLOWED);
    }
    return parsed;
  }

  Optional<Boolean> flag() {
    return oneOf(List.of("true", "false")).map("true"::equals);
  }

  Optional<Secret> secret() {
    if (Secret.fits(value)) {
      return Optional.of(new Secret(value));
    }
    return refused(
        "1 to " + Secret.CHARS_MAX + " characters without line ends and control characters");
  }

  /** The same text, not shown in messages if so asked. */
  Text hidden(boolean hide) {
    return hide ? new Text(reading, value, Shown.HIDDEN, path, line) : this;
  }

  <T> Optional<T> refused(String allowed) {
    reading.problem(line, path, shown, allowed);
    return Optional.empty();
  }
}
