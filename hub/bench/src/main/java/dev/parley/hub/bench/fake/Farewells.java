package dev.parley.hub.bench.fake;

import java.util.ArrayDeque;
import java.util.Queue;

/** Who went away in the middle of speech, and when; the last ones. For one event loop. */
final class Farewells {

  private static final int KEPT = 10_000;

  private final Queue<String> lines = new ArrayDeque<>();

  void note(long number, long nanos) {
    if (lines.size() == KEPT) {
      lines.remove();
    }
    lines.add(number + " " + nanos + "\n");
  }

  String text() {
    return String.join("", lines);
  }
}
