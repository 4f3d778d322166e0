package dev.parley.hub.voice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.config.DatabaseConfig;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqliteLibraryTest extends LibraryContract {

  @Override
  Optional<DatabaseConfig> database() {
    return Optional.empty();
  }

  @Test
  void keepsItsFilesToItself() throws Exception {
    var _ = create("Anna", "one");
    for (String name : new String[] {"voices.db", "voices.db-wal"}) {
      if (Files.exists(data.resolve(name))) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))))
            .isEqualTo("rw-------");
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("voices"))))
        .isEqualTo("rwx------");
  }
}
