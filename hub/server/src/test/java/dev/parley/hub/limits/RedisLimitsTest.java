package dev.parley.hub.limits;

import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.QuotasConfig;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a server of its own, which ends with the tests. */
class RedisLimitsTest extends SharedLimitsContract {

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static RedisServerOnLoopback server;

  @BeforeAll
  static void start() throws IOException {
    server = new RedisServerOnLoopback();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  QuotasConfig.Store store() {
    return new QuotasConfig.Store.Redis(server.url(), Optional.empty(), Optional.empty());
  }

  @Override
  Optional<DatabaseConfig> database() {
    return Optional.empty();
  }
}
