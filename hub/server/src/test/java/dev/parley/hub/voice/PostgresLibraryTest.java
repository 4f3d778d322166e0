package dev.parley.hub.voice;

import dev.parley.hub.config.Secret;
import dev.parley.hub.config.VoicesConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a server of its own, which ends with the tests. */
class PostgresLibraryTest extends LibraryContract {

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static EmbeddedPostgres server;

  private static int databases;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  VoicesConfig config() {
    String name = "voices" + databases++;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new VoicesConfig(
        Optional.of(
            new VoicesConfig.Database(
                "jdbc:postgresql://localhost:" + server.getPort() + "/" + name,
                Optional.of("postgres"),
                Optional.of(new Secret("postgres")))),
        VoicesConfig.DEFAULT.referencesBytesMax(),
        VoicesConfig.DEFAULT.secondsMax());
  }
}
