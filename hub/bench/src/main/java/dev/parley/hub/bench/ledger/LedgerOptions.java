package dev.parley.hub.bench.ledger;

import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.Secret;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the person asked for.
 *
 * @param rounds 1 to 100, of which the figures are medians
 * @param seconds how long each cell adds rows, 1 to 600
 * @param rate rows a second that must be sustained, 1 to 1,000,000
 * @param database empty: SQLite files only
 */
public record LedgerOptions(int rounds, int seconds, int rate, Optional<DatabaseConfig> database) {

  private static final int ROUNDS_DEFAULT = 3;
  private static final int SECONDS_DEFAULT = 10;
  private static final int RATE_DEFAULT = 5_000;

  /**
   * Reads the words behind {@code ledger}.
   *
   * @throws IllegalArgumentException with a message for the person
   */
  public static LedgerOptions parse(List<String> words) {
    int rounds = ROUNDS_DEFAULT;
    int seconds = SECONDS_DEFAULT;
    int rate = RATE_DEFAULT;
    String url = "";
    Optional<String> user = Optional.empty();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--rounds" -> rounds = number(word, rest, 100);
        case "--seconds" -> seconds = number(word, rest, 600);
        case "--rate" -> rate = number(word, rest, 1_000_000);
        case "--database" -> url = text(word, rest, "jdbc:postgresql://HOST/NAME");
        case "--user" -> user = Optional.of(text(word, rest, "NAME"));
        case "--quick" -> {
          rounds = 1;
          seconds = 1;
        }
        default ->
            throw new IllegalArgumentException(
                "unknown option: "
                    + word
                    + " (known: --rounds, --seconds, --rate, --database, --user, --quick, --help)");
      }
    }
    return new LedgerOptions(
        rounds, seconds, rate, url.isEmpty() ? Optional.empty() : Optional.of(database(url, user)));
  }

  private static DatabaseConfig database(String url, Optional<String> user) {
    try {
      return new DatabaseConfig(
          url, user, Optional.ofNullable(System.getenv("PGPASSWORD")).map(Secret::new));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--database: " + e.getMessage() + " (expected: jdbc:postgresql://HOST/NAME)", e);
    }
  }

  private static int number(String option, Iterator<String> rest, int max) {
    String text = rest.hasNext() ? rest.next() : "";
    if (text.matches("[0-9]{1,7}")) {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= max) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        option + ": \"" + text + "\" (expected: a whole number, 1.." + max + ")");
  }

  private static String text(String option, Iterator<String> rest, String expected) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value: " + expected);
    }
    return rest.next();
  }
}
