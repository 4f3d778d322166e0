package dev.parley.hub.usage;

import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.store.Database;
import dev.parley.hub.store.DatabaseWork;
import java.nio.file.Path;
import java.util.Optional;

/** What is written in a ledger, for reading beside a hub that may run. Waits for the database. */
public final class UsageBook implements UsageQueries.Source, AutoCloseable {

  private final Database database;

  private UsageBook(Database database) {
    this.database = database;
  }

  /**
   * Opens it; fails with Overloaded when that is not possible now.
   *
   * @param server empty: a file in {@code data}
   */
  public static UsageBook open(Optional<DatabaseConfig> server, Path data) {
    return new UsageBook(Database.open(server, data, RowTable.SCHEMA));
  }

  @Override
  public <T> T read(DatabaseWork<T> work) {
    return database.read(work);
  }

  @Override
  public void close() {
    database.close();
  }
}
