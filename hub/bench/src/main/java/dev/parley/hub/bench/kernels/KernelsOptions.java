package dev.parley.hub.bench.kernels;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the person asked for.
 *
 * @param rounds 1 to 100, of which the figures are medians
 * @param quick little warm-up, few points: to see that all works, not for figures
 * @param topics what is measured
 * @param models folder of the model files
 * @param audio folder of the recordings
 * @param python a Python that may have soxr, pystoi and pesq
 * @param out where the raw rows go; empty for the usual place
 */
public record KernelsOptions(
    int rounds,
    boolean quick,
    Set<Topic> topics,
    Path models,
    Path audio,
    String python,
    Optional<Path> out) {

  private static final int ROUNDS_DEFAULT = 7;
  private static final int ROUNDS_MAX = 100;

  /**
   * Reads the words behind {@code kernels}.
   *
   * @throws IllegalArgumentException with a message for the person
   */
  public static KernelsOptions parse(List<String> words) {
    int rounds = ROUNDS_DEFAULT;
    boolean quick = false;
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    Path models = Path.of("../shared/models");
    Path audio = Path.of("../shared/audio");
    String python = "python3";
    Optional<Path> out = Optional.empty();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--rounds" -> rounds = rounds(value(word, rest));
        case "--quick" -> {
          quick = true;
          rounds = 1;
        }
        case "--only" -> topics.add(Topic.of(value(word, rest)));
        case "--models" -> models = Path.of(value(word, rest));
        case "--audio" -> audio = Path.of(value(word, rest));
        case "--python" -> python = value(word, rest);
        case "--out" -> out = Optional.of(Path.of(value(word, rest)));
        default ->
            throw new IllegalArgumentException(
                "unknown option: "
                    + word
                    + " (known: --rounds, --quick, --only, --models, --audio, --python, --out,"
                    + " --help)");
      }
    }
    Set<Topic> chosen = topics.isEmpty() ? EnumSet.allOf(Topic.class) : topics;
    return new KernelsOptions(rounds, quick, Set.copyOf(chosen), models, audio, python, out);
  }

  private static int rounds(String text) {
    if (text.matches("[0-9]{1,3}")) {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= ROUNDS_MAX) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "--rounds: \"" + text + "\" (expected: a whole number, 1.." + ROUNDS_MAX + ")");
  }

  private static String value(String word, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(word + " needs a value");
    }
    return rest.next();
  }
}
