package dev.parley.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.time.Clock;
import dev.parley.hub.config.AccessConfig;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.store.PostgresOnLoopback;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a server of its own, which ends with the tests. */
class PostgresKeysTest extends KeysContract {

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

  @Test
  void keepsTheKeysKnownLastWhileTheDatabaseIsAway() throws IOException {
    PostgresOnLoopback ending = new PostgresOnLoopback();
    try (Keys keys = open(ending.database())) {
      String secret = keys.create(KeyConfig.named("a")).join().secret().value();
      keys.follow();
      ending.close();
      assertThat(keys.list("", 1)).failsWithin(java.time.Duration.ofSeconds(20));
      assertThat(keys.find(secret)).isInstanceOf(Finding.Good.class);
      assertThat(keys.any()).isTrue();
    }
  }

  @Test
  void isUnsureAndNeverOpenWhenTheDatabaseIsAwayFromTheStart() throws IOException {
    PostgresOnLoopback ended = new PostgresOnLoopback();
    DatabaseConfig gone = ended.database();
    ended.close();
    try (Keys keys = open(gone)) {
      assertThat(keys.find("pk-some")).isEqualTo(new Finding.Unsure());
      assertThat(keys.any()).isTrue();
    }
  }

  private Keys open(DatabaseConfig database) {
    return Keys.open(
        AccessConfig.DEFAULT, Optional.of(database), data, Clock.system(), new SecureRandom());
  }
}
