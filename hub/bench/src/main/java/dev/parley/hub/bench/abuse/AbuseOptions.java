package dev.parley.hub.bench.abuse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the person asked for.
 *
 * @param rounds 1 to 100
 * @param cell measured time of each cell
 * @param connections slow ones at once, 1 to 10,000; fewer where files are short
 * @param rate bad requests a second of each shape, 1 to 10,000
 * @param out where the raw rows go; empty for the usual place
 */
public record AbuseOptions(
    int rounds, Duration cell, int connections, int rate, Optional<Path> out) {

  private static final int ROUNDS_MAX = 100;
  private static final int SECONDS_MAX = 60;
  private static final int CONNECTIONS_MAX = 10_000;
  private static final int RATE_MAX = 10_000;
  private static final int QUICK_CONNECTIONS = 200;

  /**
   * Reads the words behind {@code abuse}.
   *
   * @throws IllegalArgumentException with a message for the person
   */
  public static AbuseOptions parse(List<String> words) {
    int rounds = 3;
    int seconds = 3;
    int connections = CONNECTIONS_MAX;
    int rate = 200;
    Optional<Path> out = Optional.empty();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--rounds" -> rounds = number(word, rest, ROUNDS_MAX);
        case "--seconds" -> seconds = number(word, rest, SECONDS_MAX);
        case "--connections" -> connections = number(word, rest, CONNECTIONS_MAX);
        case "--rate" -> rate = number(word, rest, RATE_MAX);
        case "--out" -> out = Optional.of(Path.of(value(word, rest)));
        case "--quick" -> {
          rounds = 1;
          seconds = 1;
          connections = QUICK_CONNECTIONS;
        }
        default ->
            throw new IllegalArgumentException(
                "unknown option: "
                    + word
                    + " (known: --rounds, --seconds, --connections, --rate, --quick, --out,"
                    + " --help)");
      }
    }
    return new AbuseOptions(rounds, Duration.ofSeconds(seconds), connections, rate, out);
  }

  private static int number(String word, Iterator<String> rest, int max) {
    String text = value(word, rest);
    if (text.matches("[0-9]{1,5}")) {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= max) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        word + ": \"" + text + "\" (expected: a whole number, 1.." + max + ")");
  }

  private static String value(String word, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(word + " needs a value");
    }
    return rest.next();
  }
}
