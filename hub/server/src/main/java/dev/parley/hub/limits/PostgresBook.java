package dev.parley.hub.limits;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Places in a table: a row for each call, with the time for which it holds. */
final class PostgresBook implements RunningLeases.Book {

  /** Runs work on a connection of its own, on a thread that may wait. */
  interface Runner {
    <T> CompletableFuture<T> run(PostgresCounters.Work<T> work);
  }

  /** Whoever counts a place has it for himself until his transaction ends. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 7))";

  private static final String DROP_EXPIRED =
      "DELETE FROM parley_limits_streams WHERE place = ? AND expires_at <= ?";
  private static final String COUNT = "SELECT COUNT(*) FROM parley_limits_streams WHERE place = ?";
  private static final String TAKE =
      "INSERT INTO parley_limits_streams (place, lease, expires_at) VALUES (?, ?, ?)"
          + " ON CONFLICT (place, lease) DO UPDATE SET expires_at = excluded.expires_at";
  private static final String FREE =
      "DELETE FROM parley_limits_streams WHERE place = ? AND lease = ?";

  private final Runner runner;

  PostgresBook(Runner runner) {
    this.runner = runner;
  }

  @Override
  public CompletableFuture<Integer> take(List<Place> places, String lease, long now, long until) {
    return runner.run(connection ->
        inTransaction(
            connection,
            () -> {
              // In one order, so that two callers never wait for each other.
              for (String id : places.stream().map(Place::id).sorted().toList()) {
                run(connection, LOCK, id);
                change(connection, DROP_EXPIRED, id, now);
              }
              for (int i = 0; i < places.size(); i++) {
                if (count(connection, places.get(i).id()) >= places.get(i).most()) {
                  return i;
                }
              }
              for (Place place : places) {
                change(connection, TAKE, place.id(), lease, until);
              }
              return -1;
            }));
  }

  @Override
  public CompletableFuture<?> renew(List<RunningLeases.Running> running, long until) {
    return runner.run(
        connection -> inTransaction(connection, () -> batch(connection, TAKE, running, until)));
  }

  @Override
  public CompletableFuture<?> free(List<RunningLeases.Running> over) {
    return runner.run(connection -> inTransaction(connection, () -> batch(connection, FREE, over)));
  }

  private static int batch(
      Connection connection, String sql, List<RunningLeases.Running> calls, Object... more)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Map.Entry<String, List<String>> place : ByPlace.of(calls).entrySet()) {
        for (String lease : place.getValue()) {
          List<Object> values = new ArrayList<>(List.of(place.getKey(), lease));
          values.addAll(List.of(more));
          set(statement, values.toArray());
          statement.addBatch();
        }
      }
      return statement.executeBatch().length;
    }
  }

  private interface Steps<T> {
    T run() throws SQLException;
  }

  private static <T> T inTransaction(Connection connection, Steps<T> steps) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T done = steps.run();
      connection.commit();
      return done;
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback();
      } catch (SQLException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  private static void run(Connection connection, String sql, String id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      statement.execute();
    }
  }

  private static int change(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      return statement.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static int count(Connection connection, String id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setString(1, id);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return found.getInt(1);
      }
    }
  }
}
