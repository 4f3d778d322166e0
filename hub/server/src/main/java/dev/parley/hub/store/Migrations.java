package dev.parley.hub.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables up to what this hub knows. */
final class Migrations {

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  /** A file's lock is another process's matter. */
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private Migrations() {}

  /**
   * Changes what is older. Flyway takes half a second to start, so it only does with work to do.
   */
  static void run(DataSource database, Schema schema) {
    if (isNewest(database, schema)) {
      return;
    }
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:" + schema.folder())
        .table(schema.history())
        // A database on a server may hold tables of others.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .loggers("slf4j")
        .load()
        .migrate();
  }

  /**
   * The same for a file, which has no lock of its own for this: a command may open it while a hub
   * does.
   */
  static void runOn(Path file, DataSource database, Schema schema) throws IOException {
    if (isNewest(database, schema)) {
      return;
    }
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    IN_THIS_PROCESS.lock();
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      run(database, schema);
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  private static boolean isNewest(DataSource database, Schema schema) {
    try (Connection connection = database.getConnection();
        PreparedStatement asked =
            connection.prepareStatement(
                "SELECT COUNT(*) FROM "
                    + schema.history()
                    + " WHERE version = ? AND success = TRUE")) {
      asked.setString(1, schema.newest());
      try (ResultSet found = asked.executeQuery()) {
        return found.next() && found.getInt(1) == 1;
      }
    } catch (SQLException e) {
      log.debug("no migration ran yet", e);
      return false;
    }
  }
}
