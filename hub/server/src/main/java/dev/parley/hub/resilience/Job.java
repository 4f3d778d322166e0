package dev.parley.hub.resilience;

import dev.parley.core.model.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a call may go and under which conditions.
 *
 * @param model the name that the caller used, for messages
 * @param candidates best first
 * @param patience how long the caller waits for the end of the answer
 * @param priority who waits for whom where a backend is busy
 * @param caller among whom places are shared fairly; empty for callers without a key
 * @param holdBack how long the first output of a stream waits for the next while there is another
 *     candidate
 * @param resumption whether a committed answer that breaks off is taken up elsewhere
 * @param hedge a second attempt beside a slow first one
 */
public record Job(
    String model,
    List<Candidate> candidates,
    Duration patience,
    Priority priority,
    String caller,
    Duration holdBack,
    Resumption resumption,
    Optional<Hedge> hedge) {

  /** What becomes of a committed answer that breaks off. */
  public enum Resumption {
    NEVER,
    WHERE_POSSIBLE
  }

  /** When a second attempt joins the first, and how many calls may have one. */
  public record Hedge(Duration after, RetryBudget budget) {}

  public Job {
    candidates = List.copyOf(candidates);
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("a job needs a candidate");
    }
  }
}
