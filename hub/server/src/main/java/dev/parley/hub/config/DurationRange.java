package dev.parley.hub.config;

import java.time.Duration;

/** The inclusive bounds of a configured duration; shown as {@code 100ms..60s}. */
public record DurationRange(Duration min, Duration max) {

  public DurationRange {
    if (min.isNegative() || max.compareTo(min) < 0) {
      throw new IllegalArgumentException("not a range: " + min + ".." + max);
    }
  }

  boolean contains(Duration value) {
    return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
  }

  void require(String name, Duration value) {
    if (!contains(value)) {
      throw new IllegalArgumentException(
          name + " is " + DurationText.format(value) + ", allowed: " + this);
    }
  }

  @Override
  public String toString() {
    return DurationText.format(min) + ".." + DurationText.format(max);
  }
}
