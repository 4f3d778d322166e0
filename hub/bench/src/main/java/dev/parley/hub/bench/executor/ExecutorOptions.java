package dev.parley.hub.bench.executor;

import java.util.Iterator;
import java.util.List;

/**
 * What the person asked for.
 *
 * @param rounds 1 to 1000, of which the figures are medians
 * @param warmUp rounds before them
 */
public record ExecutorOptions(int rounds, int warmUp) {

  private static final int ROUNDS_DEFAULT = 21;
  private static final int ROUNDS_MAX = 1_000;
  private static final int WARM_UP = 10;

  /**
   * Reads the words behind {@code executor}.
   *
   * @throws IllegalArgumentException with a message for the person
   */
  public static ExecutorOptions parse(List<String> words) {
    int rounds = ROUNDS_DEFAULT;
    int warmUp = WARM_UP;
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--rounds" -> rounds = rounds(rest);
        case "--quick" -> {
          rounds = 1;
          warmUp = 1;
        }
        default ->
            throw new IllegalArgumentException(
                "unknown option: " + word + " (known: --rounds, --quick, --help)");
      }
    }
    return new ExecutorOptions(rounds, warmUp);
  }

  private static int rounds(Iterator<String> rest) {
    String text = rest.hasNext() ? rest.next() : "";
    if (text.matches("[0-9]{1,4}")) {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= ROUNDS_MAX) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "--rounds: \"" + text + "\" (expected: a whole number, 1.." + ROUNDS_MAX + ")");
  }
}
