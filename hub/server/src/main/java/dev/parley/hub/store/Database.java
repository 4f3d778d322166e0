package dev.parley.hub.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.media.store.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/**
 * A database, SQLite or PostgreSQL, with the same SQL for both. Thread-safe; its methods wait for
 * it, so they belong on a virtual thread. What a change has confirmed survives what the schema
 * says.
 */
public final class Database implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final int BUSY_MILLIS = 5_000;
  private static final int SQLITE_CONNECTIONS = 2;
  private static final int SERVER_CONNECTIONS = 8;
  private static final int SERVER_SECONDS = 10;

  /** How often a change is tried that another one was faster than. */
  private static final int TRIES_MAX = 5;

  /** Two changes crossed: the same one can be made again. */
  private static final Set<String> CROSSED = Set.of("40001", "40P01");

  private static final String DUPLICATE = "23505";

  private final HikariDataSource connections;
  private final String name;

  private Database(HikariDataSource connections, String name) {
    this.connections = connections;
    this.name = name;
  }

  /**
   * Opens the file, or connects to the server, and brings its tables up to date.
   *
   * @param server empty: a file in {@code folder}
   * @throws HubException when it cannot be opened now
   */
  public static Database open(Optional<DatabaseConfig> server, Path folder, Schema schema) {
    try {
      return connect(server, folder, schema);
    } catch (HubException e) {
      log.error("the database of {} cannot be opened", schema.name(), e.getCause());
      throw e;
    }
  }

  /** As {@link #open}, for who tries again and again and says himself, once, that it fails. */
  public static Database connect(Optional<DatabaseConfig> server, Path folder, Schema schema) {
    HikariDataSource connections = null;
    try {
      connections =
          new HikariDataSource(
              server.isPresent() ? server(server.get(), schema) : file(folder, schema));
      if (server.isPresent()) {
        Migrations.run(connections, schema);
      } else {
        Migrations.runOn(folder.resolve(schema.file()), connections, schema);
      }
      return new Database(connections, schema.name());
    } catch (IOException | RuntimeException e) {
      if (connections != null) {
        connections.close();
      }
      throw new HubException(
          new HubError.Overloaded(
              "the database of " + schema.name() + " cannot be opened", RETRY_AFTER),
          e);
    }
  }

  private static HikariConfig file(Path folder, Schema schema) throws IOException {
    Path file = folder.resolve(schema.file());
    Durable.ownFolder(folder);
    Durable.ownFile(file);
    SQLiteConfig settings = new SQLiteConfig();
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(
        switch (schema.durability()) {
          case POWER_CUT -> SQLiteConfig.SynchronousMode.FULL;
          case CRASH -> SQLiteConfig.SynchronousMode.NORMAL;
        });
    settings.setBusyTimeout(BUSY_MILLIS);
    settings.enforceForeignKeys(true);
    // One that begins by reading could not go on to write when another has written meanwhile.
    settings.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(settings);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    HikariConfig pool = pool(schema, SQLITE_CONNECTIONS);
    pool.setDataSource(source);
    return pool;
  }

  private static HikariConfig server(DatabaseConfig at, Schema schema) {
    HikariConfig pool = pool(schema, SERVER_CONNECTIONS);
    pool.setJdbcUrl(at.url());
    at.user().ifPresent(pool::setUsername);
    at.password().ifPresent(password -> pool.setPassword(password.value()));
    pool.addDataSourceProperty("connectTimeout", Integer.toString(SERVER_SECONDS));
    pool.addDataSourceProperty("socketTimeout", Integer.toString(SERVER_SECONDS));
    pool.addDataSourceProperty("ApplicationName", "parley");
    return pool;
  }

  private static HikariConfig pool(Schema schema, int connectionsMax) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("parley-" + schema.name());
    pool.setMaximumPoolSize(connectionsMax);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(BUSY_MILLIS);
    return pool;
  }

  /** Whether there is something to open: a file that a hub or a command made, or a server. */
  public static boolean exists(Optional<DatabaseConfig> server, Path folder, Schema schema) {
    return server.isPresent() || Files.exists(folder.resolve(schema.file()));
  }

  /** As {@link #read}, for who asks again and again and says himself, once, that it fails. */
  public <T> T ask(DatabaseWork<T> work) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      return work.on(connection);
    }
  }

  /** Reads; nothing is changed. */
  public <T> T read(DatabaseWork<T> work) {
    try (Connection connection = connections.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Changes all or nothing; again from the start where another change crossed it.
   *
   * @throws DuplicateException when a row is there already that may be there once
   */
  public <T> T change(DatabaseWork<T> work) throws DuplicateException {
    for (int i = 1; ; i++) {
      try (Connection connection = connections.getConnection()) {
        return inTransaction(connection, work);
      } catch (SQLException e) {
        if (isDuplicate(e)) {
          throw new DuplicateException(e);
        }
        if (!isCrossed(e) || i == TRIES_MAX) {
          throw failed(e);
        }
      }
    }
  }

  private static <T> T inTransaction(Connection connection, DatabaseWork<T> work)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      T done = work.on(connection);
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

  private static boolean isDuplicate(SQLException e) {
    if (e instanceof SQLiteException sqlite) {
      return switch (sqlite.getResultCode()) {
        case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY -> true;
        default -> false;
      };
    }
    return DUPLICATE.equals(e.getSQLState());
  }

  private static boolean isCrossed(SQLException e) {
    if (e instanceof SQLiteException sqlite) {
      return switch (sqlite.getResultCode()) {
        case SQLITE_BUSY, SQLITE_BUSY_RECOVERY, SQLITE_BUSY_SNAPSHOT -> true;
        default -> false;
      };
    }
    String state = e.getSQLState();
    return state != null && CROSSED.contains(state);
  }

  private HubException failed(SQLException e) {
    log.error("the database of {} fails", name, e);
    return new HubException(
        new HubError.Overloaded("the database of " + name + " fails", RETRY_AFTER), e);
  }

  @Override
  public void close() {
    connections.close();
  }
}
