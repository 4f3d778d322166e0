package dev.parley.hub.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Statements on one connection, with a value for each {@code ?}. Belongs to whoever has the
 * connection, and waits for the database.
 */
public final class Statements {

  private final Connection connection;

  public Statements(Connection connection) {
    this.connection = connection;
  }

  /** What a row holds; called with the cursor on it. */
  @FunctionalInterface
  public interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Every row that is found, in its order. */
  public <T> List<T> list(String sql, Row<T> row, Object... values) throws SQLException {
    try (PreparedStatement asked = statement(sql, values);
        ResultSet found = asked.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(row.of(found));
      }
      return rows;
    }
  }

  /** The first row, if any is found. */
  public <T> Optional<T> first(String sql, Row<T> row, Object... values) throws SQLException {
    return list(sql, row, values).stream().findFirst();
  }

  /** Whether any row is found. */
  public boolean any(String sql, Object... values) throws SQLException {
    return !list(sql, _ -> true, values).isEmpty();
  }

  /** Changes rows, and tells how many. */
  public int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement change = statement(sql, values)) {
      return change.executeUpdate();
    }
  }

  private PreparedStatement statement(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
