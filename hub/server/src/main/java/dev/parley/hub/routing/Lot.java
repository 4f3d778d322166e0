package dev.parley.hub.routing;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Draws as often as a plan needs, always the same from the same lot. For one thread. */
final class Lot {

  private final double lot;
  private @Nullable SplittableRandom random;

  Lot(double lot) {
    this.lot = lot;
  }

  /** From 0, inclusive, to 1. */
  double draw() {
    return random().nextDouble();
  }

  /** From 1 to {@code max}, both inclusive. */
  int place(int max) {
    return 1 + random().nextInt(max);
  }

  private SplittableRandom random() {
    if (random == null) {
      random = new SplittableRandom(Double.doubleToRawLongBits(lot));
    }
    return random;
  }
}
