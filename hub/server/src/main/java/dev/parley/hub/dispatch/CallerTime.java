package dev.parley.hub.dispatch;

import java.time.Duration;

/** Tells a deadline that a caller named from the patience of one that named none. */
final class CallerTime {

  private static final Duration NAMED_MAX = Duration.ofDays(7);

  private CallerTime() {}

  static boolean isLimited(Duration patience) {
    return patience.compareTo(NAMED_MAX) < 0;
  }
}
