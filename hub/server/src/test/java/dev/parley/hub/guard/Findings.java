package dev.parley.hub.guard;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** What the guards found so far in this JVM. Thread-safe. */
public final class Findings {

  private static final int FINDINGS_MAX = 100;
  private static final List<String> FOUND = new CopyOnWriteArrayList<>();

  private Findings() {}

  /** Notes one; the first hundred are enough to know that something is wrong. */
  static void add(String finding) {
    if (FOUND.size() < FINDINGS_MAX) {
      FOUND.add(finding);
    }
  }

  /** All that nobody has {@link #take taken}. */
  static List<String> all() {
    return List.copyOf(FOUND);
  }

  /** Removes a finding that a test provoked on purpose; empty when there is none like it. */
  static Optional<String> take(Predicate<String> provoked) {
    Optional<String> found = FOUND.stream().filter(provoked).findFirst();
    found.ifPresent(FOUND::remove);
    return found;
  }
}
