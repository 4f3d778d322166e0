package dev.parley.hub.bench.chaos;

import java.util.List;

/**
 * A name that callers use; the hub's configuration and the verdicts are both made from these.
 *
 * @param settings one more line of the hub's configuration
 * @param backends who may answer, by number
 */
record Alias(String label, Ability ability, String settings, List<Integer> backends) {

  /** What is asked for by a name. */
  enum Ability {
    CHAT,
    EMBEDDING
  }

  static final List<Alias> ALL =
      List.of(
          chat("by-priority", "strategy: priority", 0, 1, 2),
          chat("by-weight", "strategy: weighted", 0, 1, 2, 3),
          chat("least-busy", "strategy: least_busy", 1, 2, 3),
          chat("continued", "continue: true", 0, 1, 3),
          chat("hedged", "hedge: { after: 150ms, budget_percent: 20 }", 3, 2, 0),
          new Alias("vectors", Ability.EMBEDDING, "strategy: weighted", List.of(0, 1, 2, 3)));

  Alias {
    backends = List.copyOf(backends);
  }

  private static Alias chat(String label, String settings, Integer... backends) {
    return new Alias(label, Ability.CHAT, settings, List.of(backends));
  }
}
