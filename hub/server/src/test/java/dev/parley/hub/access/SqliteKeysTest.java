package dev.parley.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.time.Clock;
import dev.parley.hub.config.AccessConfig;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.KeyConfig;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In a file. */
class SqliteKeysTest extends KeysContract {

  @Override
  Optional<DatabaseConfig> database() {
    return Optional.empty();
  }

  @Test
  void makesNoFileBeforeTheFirstKey() {
    try (Keys keys =
        Keys.open(
            AccessConfig.DEFAULT, Optional.empty(), data, Clock.system(), new SecureRandom())) {
      assertThat(keys.list("", 1).join().keys()).isEmpty();
      assertThat(data).isEmptyDirectory();
      keys.create(KeyConfig.named("a")).join();
      assertThat(Files.exists(data.resolve("keys.db"))).isTrue();
    }
  }
}
