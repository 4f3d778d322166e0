package dev.parley.hub.voice;

import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.store.PostgresOnLoopback;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a server of its own, which ends with the tests. */
class PostgresLibraryTest extends LibraryContract {

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static PostgresOnLoopback server;

  @BeforeAll
  static void start() throws IOException {
    server = new PostgresOnLoopback();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  Optional<DatabaseConfig> database() {
    return Optional.of(server.database());
  }
}
