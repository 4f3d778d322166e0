package dev.parley.hub.limits;

import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.QuotasConfig;
import dev.parley.hub.store.PostgresOnLoopback;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a server of its own, which ends with the tests. */
class PostgresLimitsTest extends SharedLimitsContract {

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static PostgresOnLoopback server;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static DatabaseConfig database;

  @BeforeAll
  static void start() throws IOException {
    server = new PostgresOnLoopback();
    database = server.database();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  QuotasConfig.Store store() {
    return new QuotasConfig.Store.Database();
  }

  @Override
  Optional<DatabaseConfig> database() {
    return Optional.of(database);
  }
}
