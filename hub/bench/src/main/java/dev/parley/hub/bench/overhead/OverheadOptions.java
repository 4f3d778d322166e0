package dev.parley.hub.bench.overhead;

import java.util.Iterator;
import java.util.List;

/**
 * What the person asked for.
 *
 * @param calls measured each way, 100 to 1,000,000
 * @param warmUp calls each way before them
 */
public record OverheadOptions(int calls, int warmUp) {

  private static final int CALLS_DEFAULT = 20_000;
  private static final int CALLS_MIN = 100;
  private static final int CALLS_MAX = 1_000_000;
  private static final int QUICK = 1_000;

  /**
   * Reads the words behind {@code overhead}.
   *
   * @throws IllegalArgumentException with a message for the person
   */
  public static OverheadOptions parse(List<String> words) {
    int calls = CALLS_DEFAULT;
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      calls =
          switch (word) {
            case "--calls" -> calls(rest);
            case "--quick" -> QUICK;
            default ->
                throw new IllegalArgumentException(
                    "unknown option: " + word + " (known: --calls, --quick, --help)");
          };
    }
    return new OverheadOptions(calls, calls / 2);
  }

  private static int calls(Iterator<String> rest) {
    String text = rest.hasNext() ? rest.next() : "";
    if (text.matches("[0-9]{1,7}")) {
      int number = Integer.parseInt(text);
      if (number >= CALLS_MIN && number <= CALLS_MAX) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "--calls: \""
            + text
            + "\" (expected: a whole number, "
            + CALLS_MIN
            + ".."
            + CALLS_MAX
            + ")");
  }
}
