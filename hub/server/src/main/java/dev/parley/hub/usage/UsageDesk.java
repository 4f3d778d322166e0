package dev.parley.hub.usage;

import dev.parley.core.time.Clock;
import java.util.List;

/**
 * Answers what was used. Thread-safe; waits for the database.
 *
 * @param source where it is written
 * @param currency of all costs
 */
public record UsageDesk(UsageQueries.Source source, String currency, Clock clock) {

  /** As {@link UsageQueries#totals}. */
  public List<UsageTotal> totals(UsageFilter filter, List<UsageGroup> by, int most) {
    return UsageQueries.totals(source, filter, by, currency, most);
  }

  /** As {@link UsageQueries#page}. */
  public List<UsageRow> page(UsageFilter filter, String after) {
    return UsageQueries.page(source, filter, after);
  }

  /** The day that it is, since the Unix epoch, UTC. */
  public long today() {
    return UsageRow.dayOf(clock.epochMillis());
  }
}
