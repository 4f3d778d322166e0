package dev.parley.hub.bench.speech;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the person asked for.
 *
 * @param rounds 1 to 100
 * @param cell how long calls are begun in each measurement of streams
 * @param sentence how long the server that makes whole sounds takes for each
 * @param quick few callers, hardly warm: to see that all works, not for figures
 * @param out where the raw rows go; empty for the usual place
 */
public record SpeechOptions(
    int rounds, Duration cell, Duration sentence, boolean quick, Optional<Path> out) {

  private static final int ROUNDS_DEFAULT = 3;
  private static final int ROUNDS_MAX = 100;
  private static final int CELL_MILLIS = 1_000;
  private static final int CELL_MILLIS_MAX = 60_000;
  private static final int SENTENCE_MILLIS = 500;
  private static final int SENTENCE_MILLIS_MAX = 10_000;
  private static final int QUICK_MILLIS = 150;

  /**
   * Reads the words behind {@code speech}.
   *
   * @throws IllegalArgumentException with a message for the person
   */
  public static SpeechOptions parse(List<String> words) {
    int rounds = ROUNDS_DEFAULT;
    int cell = CELL_MILLIS;
    int sentence = SENTENCE_MILLIS;
    boolean quick = false;
    Optional<Path> out = Optional.empty();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--rounds" -> rounds = number(word, rest, ROUNDS_MAX);
        case "--cell-ms" -> cell = number(word, rest, CELL_MILLIS_MAX);
        case "--sentence-ms" -> sentence = number(word, rest, SENTENCE_MILLIS_MAX);
        case "--out" -> out = Optional.of(Path.of(value(word, rest)));
        case "--quick" -> {
          quick = true;
          rounds = 1;
          cell = QUICK_MILLIS;
          sentence = QUICK_MILLIS;
        }
        default ->
            throw new IllegalArgumentException(
                "unknown option: "
                    + word
                    + " (known: --rounds, --cell-ms, --sentence-ms, --quick, --out, --help)");
      }
    }
    return new SpeechOptions(
        rounds, Duration.ofMillis(cell), Duration.ofMillis(sentence), quick, out);
  }

  private static int number(String word, Iterator<String> rest, int max) {
    String text = value(word, rest);
    if (text.matches("[0-9]{1,6}")) {
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
