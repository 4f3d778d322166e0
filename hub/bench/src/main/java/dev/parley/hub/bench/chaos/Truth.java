package dev.parley.hub.bench.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * The only right answer to the request of a number. The last word is a checksum of all before it,
 * so that no short or doubled text is right by chance.
 *
 * @param number of the request
 * @param words each but the first begins with a blank
 */
record Truth(long number, List<String> words) {

  static final int VECTOR_SIZE = 8;

  private static final int LONG_ONE_IN = 16;
  private static final int RADIX = 36;
  private static final List<String> FOREIGN = List.of("naïve", "語彙", "слово", "🦜");

  static Truth of(long number) {
    int size = 4 + Mix.below(36, number, -1);
    if (Mix.below(LONG_ONE_IN, number, -2) == 0) {
      size = 400 + Mix.below(800, number, -3);
    }
    List<String> words = new ArrayList<>(size + 1);
    long sum = number;
    for (int i = 0; i < size; i++) {
      long mixed = Mix.of(number, i);
      String word =
          mixed % 10 == 0
              ? FOREIGN.get(Mix.below(FOREIGN.size(), number, i))
              : Long.toString(mixed >>> 40, RADIX);
      words.add(i == 0 ? word : ' ' + word);
      sum = Mix.of(sum, word.hashCode());
    }
    words.add(" sum:" + Long.toHexString(sum));
    return new Truth(number, List.copyOf(words));
  }

  String text() {
    return String.join("", words);
  }

  /** The right answer to a request for an embedding. */
  static double[] vector(long number) {
    double[] vector = new double[VECTOR_SIZE];
    for (int i = 0; i < VECTOR_SIZE; i++) {
      vector[i] = (Mix.below(2_001, number, i) - 1_000) / 1_000.0;
    }
    return vector;
  }

  /** How a healthy backend takes its time before the first word. */
  int firstMillis() {
    return 1 + Mix.below(25, number, -4);
  }

  /** Between two words; 0 for as fast as they are read. */
  int gapMillis() {
    return words.size() > 100 ? 0 : Mix.below(5, number, -5);
  }

  /** How long a healthy backend takes for the whole answer. */
  long millis() {
    return firstMillis() + (long) gapMillis() * words.size();
  }
}
