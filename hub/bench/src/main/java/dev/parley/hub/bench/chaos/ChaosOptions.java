package dev.parley.hub.bench.chaos;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the person asked for.
 *
 * @param length how long backends fail, 1 s to 24 h
 * @param seed of the schedule and the calls; empty for a new one
 * @param callers 1 to 1000
 */
public record ChaosOptions(Duration length, OptionalLong seed, int callers) {

  private static final int SECONDS_DEFAULT = 60;
  private static final int SECONDS_QUICK = 10;
  private static final int SECONDS_MAX = 24 * 60 * 60;
  private static final int MINUTES_MAX = SECONDS_MAX / 60;
  private static final int CALLERS_DEFAULT = 24;
  private static final int CALLERS_MAX = 1_000;

  /**
   * Reads the words behind {@code chaos}.
   *
   * @throws IllegalArgumentException with a message for the person
   */
  public static ChaosOptions parse(List<String> words) {
    int seconds = SECONDS_DEFAULT;
    int callers = CALLERS_DEFAULT;
    OptionalLong seed = OptionalLong.empty();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--minutes" -> seconds = 60 * (int) number(word, rest, 1, MINUTES_MAX);
        case "--seconds" -> seconds = (int) number(word, rest, 1, SECONDS_MAX);
        case "--callers" -> callers = (int) number(word, rest, 1, CALLERS_MAX);
        case "--seed" -> seed = OptionalLong.of(number(word, rest, 0, Integer.MAX_VALUE));
        case "--quick" -> seconds = SECONDS_QUICK;
        default ->
            throw new IllegalArgumentException(
                "unknown option: "
                    + word
                    + " (known: --minutes, --seconds, --seed, --callers, --quick, --help)");
      }
    }
    return new ChaosOptions(Duration.ofSeconds(seconds), seed, callers);
  }

  private static long number(String word, Iterator<String> rest, long min, long max) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(word + " needs a value");
    }
    String text = rest.next();
    if (text.matches("[0-9]{1,10}")) {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        word + ": \"" + text + "\" (expected: a whole number, " + min + ".." + max + ")");
  }
}
