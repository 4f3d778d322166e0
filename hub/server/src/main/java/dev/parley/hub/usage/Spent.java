package dev.parley.hub.usage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The question what was spent.
 *
 * @param by whose money
 * @param name which of those; of no meaning for the hub as a whole
 * @param fromDay the first day, since the Unix epoch, UTC
 * @param toDay the last day, itself included
 * @param currency what other currencies cost is not counted
 */
public record Spent(SpentBy by, String name, long fromDay, long toDay, String currency) {

  private static final String SUM =
      "SELECT SUM(cost_micros) FROM usage_rows WHERE day BETWEEN ? AND ? AND currency = ?";

  /** What a row adds. */
  long micros(UsageRow row) {
    boolean counts =
        row.cost().isKnown()
            && row.cost().currency().equals(currency)
            && row.day() >= fromDay
            && row.day() <= toDay
            && by.isOf(row, name);
    return counts ? row.cost().micros() : 0;
  }

  /** What the written rows add. */
  long micros(Connection connection) throws SQLException {
    boolean all = by.column().isEmpty();
    String text = all ? SUM : SUM + " AND " + by.column() + " = ?";
    try (PreparedStatement asked = connection.prepareStatement(text)) {
      asked.setLong(1, fromDay);
      asked.setLong(2, toDay);
      asked.setString(3, currency);
      if (!all) {
        asked.setString(4, name);
      }
      try (ResultSet found = asked.executeQuery()) {
        return found.next() ? found.getLong(1) : 0;
      }
    }
  }
}
