package dev.parley.hub.bench.kernels;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A part of the benchmark, as {@code --only} names it. */
public enum Topic {
  FFT,
  RESAMPLE,
  VAD,
  DENOISE,
  LIVE,
  CODEC;

  /**
   * The one of this name.
   *
   * @throws IllegalArgumentException with the names that there are
   */
  static Topic of(String name) {
    for (Topic topic : values()) {
      if (topic.label().equals(name)) {
        return topic;
      }
    }
    throw new IllegalArgumentException(
        "--only: \""
            + name
            + "\" (expected: "
            + Arrays.stream(values()).map(Topic::label).collect(Collectors.joining(", "))
            + ")");
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
