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
 * @param guarded whether a hub with keys and limits takes part
 * @param redis where that one counts; empty: in its memory
 */
public record ProxyOptions(
    int rounds,
    Duration cell,
    boolean quick,
    boolean withWrk,
    Optional<Path> out,
    boolean guarded,
    Optional<String> redis) {

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
    boolean guarded = false;
    Optional<String> redis = Optional.empty();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--rounds" -> rounds = number(word, rest, ROUNDS_MAX);
        case "--seconds" -> seconds = number(word, rest, SECONDS_MAX);
        case "--out" -> out = Optional.of(Path.of(value(word, rest)));
        case "--with-wrk" -> withWrk = true;
        case "--guarded" -> guarded = true;
        case "--redis" -> {
          guarded = true;
          redis = Optional.of(redis(word, value(word, rest)));
        }
        case "--quick" -> {
          quick = true;
          rounds = 1;
          seconds = 1;
        }
        default ->
            throw new IllegalArgumentException(
                "unknown option: "
                    + word
                    + " (known: --rounds, --seconds, --quick, --with-wrk, --guarded, --redis, --out, --help)");
      }
    }
    return new ProxyOptions(
        rounds, Duration.ofSeconds(seconds), quick, withWrk, out, guarded, redis);
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

  private static String redis(String option, String url) {
    if (!url.matches("rediss?://[^\\s/]+(/[0-9]*)?")) {
      throw new IllegalArgumentException(
          option + ": \"" + url + "\" (expected: such as redis://127.0.0.1:6379)");
    }
    return url;
  }
}
