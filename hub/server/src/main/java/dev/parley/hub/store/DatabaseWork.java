package dev.parley.hub.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Work on a database. */
@FunctionalInterface
public interface DatabaseWork<T> {

  /** Does it on a connection that belongs to the caller until it returns. */
  T on(Connection connection) throws SQLException;
}
