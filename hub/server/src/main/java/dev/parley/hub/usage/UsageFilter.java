package dev.parley.hub.usage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which rows are meant.
 *
 * @param fromDay the first day, since the Unix epoch, UTC
 * @param toDay the last day, itself included
 * @param equal what must be the same; {@link UsageGroup#DAY} is none of them
 */
public record UsageFilter(long fromDay, long toDay, Map<UsageGroup, String> equal) {

  /** The last day that can be meant, in the year 4707. */
  public static final long DAY_MAX = 1_000_000;

  /** All rows. */
  public static final UsageFilter ALL = new UsageFilter(0, DAY_MAX, Map.of());

  public UsageFilter {
    if (equal.containsKey(UsageGroup.DAY)) {
      throw new IllegalArgumentException("days are chosen by their bounds");
    }
    EnumMap<UsageGroup, String> ordered = new EnumMap<>(UsageGroup.class);
    ordered.putAll(equal);
    equal = Collections.unmodifiableMap(ordered);
  }

  /** What stands behind {@code WHERE}. */
  String condition() {
    return "day BETWEEN ? AND ?"
        + equal.keySet().stream()
            .map(group -> " AND " + group.column() + " = ?")
            .collect(Collectors.joining());
  }

  /** Binds what the condition leaves open; the next place. */
  int bind(PreparedStatement statement, int first) throws SQLException {
    int i = first;
    statement.setLong(i++, fromDay);
    statement.setLong(i++, toDay);
    for (String value : equal.values()) {
      statement.setString(i++, value);
    }
    return i;
  }
}
