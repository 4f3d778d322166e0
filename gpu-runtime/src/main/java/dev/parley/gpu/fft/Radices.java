package dev.parley.gpu.fft;

import java.util.ArrayList;
import java.util.List;

/** The stages of a transform. */
final class Radices {

  private Radices() {}

  /**
   * Radices whose product is {@code length}. Two of 4 come first, since after them 16 columns lie
   * side by side; then the fewest stages.
   *
   * @throws IllegalArgumentException naming {@code size}, if length is no product of 2, 3 and 5
   */
  static List<Integer> of(int size, int length) {
    List<Integer> radices = new ArrayList<>();
    int rest = length;
    while (rest > 1) {
      int radix = next(rest, radices.size());
      if (radix == 0) {
        throw new IllegalArgumentException(
            "size: " + size + " (expected: a product of 2, 3 and 5)");
      }
      radices.add(radix);
      rest /= radix;
    }
    return radices;
  }

  /** 16 is 4 times 4, not 8 times 2. */
  private static int next(int rest, int before) {
    if (before < 2 && rest % 4 == 0) {
      return 4;
    }
    if (rest % 8 == 0 && rest % 3 != 0 && rest != 16) {
      return 8;
    }
    for (int radix : new int[] {5, 4, 3, 2}) {
      if (rest % radix == 0) {
        return radix;
      }
    }
    return 0;
  }
}
