package dev.parley.hub.bench.recognize;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the person asked for.
 *
 * @param rounds 1 to 100
 * @param calls in a cell of files with one caller
 * @param streams live ones at once; 0: none
 * @param seconds how long each stream lasts
 * @param uploadMb size of the long file in MB; 0: none
 * @param delayMillis what the server takes for an answer
 * @param models folder of the hub's model files
 * @param quick few calls, hardly warm: to see that all works, not for figures
 * @param out where the raw rows go; empty for the usual place
 */
public record RecognizeOptions(
    int rounds,
    int calls,
    int streams,
    int seconds,
    int uploadMb,
    int delayMillis,
    Path models,
    boolean quick,
    Optional<Path> out) {

  /**
   * Reads the words behind {@code recognize}.
   *
   * @throws IllegalArgumentException with a message for the person
   */
  public static RecognizeOptions parse(List<String> words) {
    int rounds = 3;
    int calls = 60;
    int streams = 200;
    int seconds = 20;
    int upload = 500;
    int delay = 0;
    Path models = Path.of("..", "shared", "models");
    boolean quick = false;
    Optional<Path> out = Optional.empty();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--rounds" -> rounds = number(word, rest, 1, 100);
        case "--calls" -> calls = number(word, rest, 10, 10_000);
        case "--streams" -> streams = number(word, rest, 0, 2_000);
        case "--seconds" -> seconds = number(word, rest, 6, 600);
        case "--upload-mb" -> upload = number(word, rest, 0, 4_000);
        case "--delay-ms" -> delay = number(word, rest, 0, 10_000);
        case "--models" -> models = Path.of(value(word, rest));
        case "--out" -> out = Optional.of(Path.of(value(word, rest)));
        case "--quick" -> {
          quick = true;
          rounds = 1;
          calls = 10;
          streams = 4;
          seconds = 6;
          upload = 4;
        }
        default ->
            throw new IllegalArgumentException(
                "unknown option: "
                    + word
                    + " (known: --rounds, --calls, --streams, --seconds, --upload-mb, --delay-ms,"
                    + " --models, --quick, --out, --help)");
      }
    }
    return new RecognizeOptions(rounds, calls, streams, seconds, upload, delay, models, quick, out);
  }

  private static int number(String word, Iterator<String> rest, int min, int max) {
    String text = value(word, rest);
    if (text.matches("[0-9]{1,6}")) {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        word + ": \"" + text + "\" (expected: a whole number, " + min + ".." + max + ")");
  }

  private static String value(String word, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(word + " needs a value");
    }
    return rest.next();
  }
}
