package dev.parley.hub.voice.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables up to what this hub knows. */
final class Migrations {

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  /** The number of the newest file of migrations. */
  static final String NEWEST = "1";

  static final String FOLDER = "dev/parley/hub/voice/store/migration";
  private static final String HISTORY = "parley_voice_migrations";

  private Migrations() {}

  /**
   * Changes what is older. Flyway takes half a second to start, so it only does with work to do.
   */
  static void run(DataSource database) {
    if (isNewest(database)) {
      return;
    }
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:" + FOLDER)
        .table(HISTORY)
        // A database on a server may hold tables of others.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .loggers("slf4j")
        .load()
        .migrate();
  }

  private static boolean isNewest(DataSource database) {
    try (Connection connection = database.getConnection();
        PreparedStatement asked =
            connection.prepareStatement(
                "SELECT COUNT(*) FROM " + HISTORY + " WHERE version = ? AND success = TRUE")) {
      asked.setString(1, NEWEST);
      try (ResultSet found = asked.executeQuery()) {
        return found.next() && found.getInt(1) == 1;
      }
    } catch (SQLException e) {
      log.debug("no migration ran yet", e);
      return false;
    }
  }
}
