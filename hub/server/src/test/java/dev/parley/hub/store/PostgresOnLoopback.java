package dev.parley.hub.store;

import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A real PostgreSQL server on a free port, which can be stopped and started with its data. */
public final class PostgresOnLoopback implements AutoCloseable {

  private final Path data;
  private EmbeddedPostgres server;
  private int databases;

  public PostgresOnLoopback() throws IOException {
    data = Files.createTempDirectory("parley-postgres");
    server = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
  }

  /** A new database, which is empty. */
  public DatabaseConfig database() {
    String name = "parley" + databases++;
    run(server.getPostgresDatabase()::getConnection, "CREATE DATABASE " + name);
    return new DatabaseConfig(
        "jdbc:postgresql://localhost:" + server.getPort() + "/" + name,
        Optional.of("postgres"),
        Optional.of(new Secret("postgres")));
  }

  /** Does something in one of them. */
  public void run(DatabaseConfig database, String sql) {
    String name = database.url().substring(database.url().lastIndexOf('/') + 1);
    run(server.getDatabase("postgres", name)::getConnection, sql);
  }

  private interface Opening {
    Connection open() throws SQLException;
  }

  private static void run(Opening opening, String sql) {
    try (Connection connection = opening.open();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public void stop() throws IOException {
    server.close();
  }

  public void startAgain() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(server.getPort())
            .start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
