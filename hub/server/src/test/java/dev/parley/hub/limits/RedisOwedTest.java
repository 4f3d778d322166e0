package dev.parley.hub.limits;

import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.QuotasConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** On a server of its own, which ends with the tests. */
class RedisOwedTest extends OwedContract {

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static RedisServerOnLoopback server;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    server = RedisServerOnLoopback.keepingIn(folder);
  }

  @AfterAll
  static void end() throws IOException {
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

  @Override
  void stop() throws IOException {
    server.stop();
  }

  @Override
  void startAgain() throws IOException {
    server.startAgain();
  }

  @Override
  void forgetAll() throws IOException {
    server.forgetAll();
  }
}
