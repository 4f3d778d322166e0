package dev.parley.hub.bench.fake;

import java.util.ArrayDeque;
import java.util.Queue;

/** Which requests came, and when; the last ones, until they are asked for. For one event loop. */
final class Arrivals {

  private static final int KEPT = 100_000;

  private final Queue<String> lines = new ArrayDeque<>();

  /**
   * Notes a request whose body is whole.
   *
   * @param id as the caller calls it, without blanks
   * @param firstNanos when its head was there
   * @param lastNanos when the last byte of its body was there
   */
  void note(String id, long firstNanos, long lastNanos, int bytes) {
    if (lines.size() == KEPT) {
      lines.remove();
    }
    lines.add(id + " " + firstNanos + " " + lastNanos + " " + bytes + "\n");
  }

  /** All of them; they are forgotten then. */
  String take() {
    String text = String.join("", lines);
    lines.clear();
    return text;
  }
}
