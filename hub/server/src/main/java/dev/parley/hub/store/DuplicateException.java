package dev.parley.hub.store;

import java.sql.SQLException;

/** A row is there already; nothing was changed. */
public final class DuplicateException extends Exception {

  private static final long serialVersionUID = 1;

  DuplicateException(SQLException cause) {
    super(cause);
  }
}
