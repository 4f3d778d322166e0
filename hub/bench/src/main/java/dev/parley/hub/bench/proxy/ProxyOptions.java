package dev.parley.hub.bench.proxy;

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
 * @param quick little warm-up, few streams: to see that all works, not for figures
 * @param out where the raw rows go; empty for the usual place
 */
public record ProxyOptions(
    int rounds, Duration cell, boolean quick, boolean withWrk, Optional<Path> out) {

  private static final int ROUNDS_MAX = 100;
  private static final int SECONDS_MAX = 60;

  /**
   * Reads the words behind {@code proxy}.
   *
   * @throws IllegalArgumentException with a message for the person
   */
  public static ProxyOptions parse(List<String> words) {
    int rounds = 5;
    int seconds = 3;
    boolean quick = false;
    boolean withWrk = false;
    Optional<Path> out = Optional.empty();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--rounds" -> rounds = number(word, rest, ROUNDS_MAX);
        case "--seconds" -> seconds = number(word, rest, SECONDS_MAX);
        case "--out" -> out = Optional.of(Path.of(value(word, rest)));
        case "--with-wrk" -> withWrk = true;
        case "--quick" -> {
          quick = true;
          rounds = 1;
          seconds = 1;
        }
        default ->
            throw new IllegalArgumentException(
                "unknown option: "
                    + word
                    + " (known: --rounds, --seconds, --quick, --with-wrk, --out, --help)");
      }
    }
    return new ProxyOptions(rounds, Duration.ofSeconds(seconds), quick, withWrk, out);
  }

  private static int number(String word, Iterator<String> rest, int max) {
    String text = value(word, rest);
    if (text.matches("[0-9]{1,4}")) {
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
