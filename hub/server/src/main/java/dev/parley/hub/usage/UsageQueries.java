package dev.parley.hub.usage;

import dev.parley.hub.store.DatabaseWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Asks the ledger. Waits for the database. */
public final class UsageQueries {

  /** Groups that are told at once. */
  public static final int GROUPS_MAX = 10_000;

  /** Rows that {@link #page} gives at most. */
  public static final int PAGE_ROWS = 1_000;

  private static final long DAY_MILLIS = 86_400_000;

  private static final String SUMS =
      """
      COUNT(*), SUM(CASE WHEN outcome IN ('ok', 'cancelled') THEN 0 ELSE 1 END),
      SUM(input_tokens), SUM(output_tokens), SUM(cached_tokens), SUM(reasoning_tokens),
      SUM(audio_input_tokens), SUM(audio_output_tokens), SUM(tokens_guessed),
      SUM(audio_millis), SUM(characters), SUM(bytes),
      SUM(CASE WHEN currency = ? THEN cost_micros ELSE 0 END),
      SUM(CASE WHEN cost_micros IS NULL THEN 1 ELSE 0 END),
      SUM(CASE WHEN cost_micros IS NOT NULL AND currency <> ? THEN 1 ELSE 0 END),
      SUM(duration_millis), SUM(COALESCE(first_byte_millis, 0)), COUNT(first_byte_millis),
      SUM(CASE WHEN cache IN ('hit', 'joined') THEN 1 ELSE 0 END)
      """;

  private UsageQueries() {}

  /** Who reads: a ledger that runs, or a database. */
  public interface Source {
    <T> T read(DatabaseWork<T> work);
  }

  /** Takes rows; whoever cannot go on throws. */
  public interface RowSink<E extends Exception> {
    void take(UsageRow row) throws E;
  }

  /**
   * The sums over each group, in the order of the groups' names.
   *
   * @param by empty: one sum over everything
   * @param currency of what costs are summed
   * @param most groups that are told, up to {@link #GROUPS_MAX}
   * @return one more than {@code most} where there are more
   */
  public static List<UsageTotal> totals(
      Source source, UsageFilter filter, List<UsageGroup> by, String currency, int most) {
    String names = by.stream().map(UsageGroup::column).collect(Collectors.joining(", "));
    String text =
        "SELECT "
            + SUMS
            + (by.isEmpty() ? "" : ", " + names)
            + " FROM usage_rows WHERE "
            + filter.condition()
            + (by.isEmpty() ? "" : " GROUP BY " + names + " ORDER BY " + names + " LIMIT ?");
    return source.read(connection -> {
      try (PreparedStatement asked = connection.prepareStatement(text)) {
        asked.setString(1, currency);
        asked.setString(2, currency);
        int next = filter.bind(asked, 3);
        if (!by.isEmpty()) {
          asked.setInt(next, most + 1);
        }
        return totals(asked, by);
      }
    });
  }

  private static List<UsageTotal> totals(PreparedStatement asked, List<UsageGroup> by)
      throws SQLException {
    List<UsageTotal> totals = new ArrayList<>();
    try (ResultSet found = asked.executeQuery()) {
      while (found.next()) {
        totals.add(total(found, by));
      }
    }
    return totals;
  }

  private static UsageTotal total(ResultSet found, List<UsageGroup> by) throws SQLException {
    int i = 0;
    return new UsageTotal(
        group(found, by, 20),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i),
        found.getLong(++i));
  }

  private static List<String> group(ResultSet found, List<UsageGroup> by, int first)
      throws SQLException {
    List<String> names = new ArrayList<>(by.size());
    for (int i = 0; i < by.size(); i++) {
      names.add(
          by.get(i) == UsageGroup.DAY
              ? LocalDate.ofEpochDay(found.getLong(first + i)).toString()
              : found.getString(first + i));
    }
    return names;
  }

  /**
   * Hands over every row in the order of their ends, page by page: no read lasts long, and no more
   * than a page is in memory.
   */
  public static <E extends Exception> void rows(Source source, UsageFilter filter, RowSink<E> sink)
      throws E {
    String last = start(filter);
    while (true) {
      List<UsageRow> page = page(source, filter, last);
      for (UsageRow row : page) {
        sink.take(row);
      }
      if (page.size() < PAGE_ROWS) {
        return;
      }
      last = page.getLast().id();
    }
  }

  /** What stands before the first row, for {@link #page}. */
  public static String start(UsageFilter filter) {
    return RowIds.timed(filter.fromDay() * DAY_MILLIS);
  }

  /**
   * The next rows in the order of their ends; fewer than {@link #PAGE_ROWS} are the last ones.
   *
   * @param after id of the row before them
   */
  public static List<UsageRow> page(Source source, UsageFilter filter, String after) {
    return source.read(connection -> page(connection, filter, after));
  }

  private static List<UsageRow> page(Connection connection, UsageFilter filter, String after)
      throws SQLException {
    String text =
        "SELECT "
            + RowTable.NAMES
            + " FROM usage_rows WHERE "
            + filter.condition()
            + " AND id > ? ORDER BY id LIMIT "
            + PAGE_ROWS;
    try (PreparedStatement asked = connection.prepareStatement(text)) {
      int next = filter.bind(asked, 1);
      asked.setString(next, after);
      List<UsageRow> rows = new ArrayList<>();
      try (ResultSet found = asked.executeQuery()) {
        while (found.next()) {
          rows.add(RowTable.read(found));
        }
      }
      return rows;
    }
  }
}
