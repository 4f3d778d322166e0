package dev.parley.hub.bench.codec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What the person asked for.
 *
 * @param mutants how many damaged files, 1 to 100,000,000
 * @param first the number of the first one; each number with a seed makes the same file again
 * @param seed decides all damage
 * @param seconds when to stop at the latest
 * @param files a folder of audio files to break, beside those that are made
 */
public record FuzzOptions(long mutants, long first, long seed, long seconds, Path files) {

  private static final long MUTANTS_DEFAULT = 20_000;
  private static final long MUTANTS_MAX = 100_000_000;
  private static final long SECONDS_DEFAULT = 3_600;
  private static final long SECONDS_MAX = 86_400;

  /**
   * Reads the words behind {@code codecs}.
   *
   * @throws IllegalArgumentException with a message for the person
   */
  public static FuzzOptions parse(List<String> words) {
    long mutants = MUTANTS_DEFAULT;
    long first = 0;
    long seed = 1;
    long seconds = SECONDS_DEFAULT;
    Path files = Path.of("../shared/audio/formats");
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--mutants" -> mutants = number(word, rest, 1, MUTANTS_MAX);
        case "--first" -> first = number(word, rest, 0, MUTANTS_MAX);
        case "--seed" -> seed = number(word, rest, 0, Long.MAX_VALUE);
        case "--seconds" -> seconds = number(word, rest, 1, SECONDS_MAX);
        case "--files" -> files = folder(word, rest.hasNext() ? rest.next() : "");
        default ->
            throw new IllegalArgumentException(
                "unknown option: "
                    + word
                    + " (known: --mutants, --first, --seed, --seconds, --files, --help)");
      }
    }
    return new FuzzOptions(mutants, first, seed, seconds, files);
  }

  /** The words that say the same. */
  List<String> words() {
    return List.of(
        "--mutants",
        Long.toString(mutants),
        "--first",
        Long.toString(first),
        "--seed",
        Long.toString(seed),
        "--seconds",
        Long.toString(seconds),
        "--files",
        files.toString());
  }

  private static long number(String name, Iterator<String> rest, long min, long max) {
    String text = rest.hasNext() ? rest.next() : "";
    if (text.matches("[0-9]{1,18}")) {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        name + ": \"" + text + "\" (expected: a whole number, " + min + ".." + max + ")");
  }

  /** One that was named has to be there; the usual one need not. */
  private static Path folder(String option, String text) {
    Path folder = Path.of(text);
    if (text.isEmpty() || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          option + ": \"" + text + "\" (expected: a folder that is there)");
    }
    return folder;
  }
}
