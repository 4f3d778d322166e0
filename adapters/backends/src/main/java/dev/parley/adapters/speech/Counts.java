package dev.parley.adapters.speech;

import dev.parley.core.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Numbers of tokens as servers spell them. */
final class Counts {

  private static final double COUNT_MAX = 1e15;

  private Counts() {}

  /** The count, 0 when there is none. */
  static long of(@Nullable JsonValue value) {
    double count = value != null && value.isNumber() ? value.asDouble() : 0;
    return count >= 0 && count <= COUNT_MAX ? (long) count : 0;
  }
}
