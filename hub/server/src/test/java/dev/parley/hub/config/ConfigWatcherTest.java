package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatcherTest {

  private static final Duration NEVER = Duration.ofHours(1);

  /** Notes what it is told, and fails once when asked to. */
  private static final class Notes implements ConfigWatcher.Listener {
    final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    volatile @Nullable RuntimeException next;

    @Override
    public void changed(Path file) {
      RuntimeException failure = next;
      next = null;
      if (failure != null) {
        throw failure;
      }
      told.add(file.getFileName().toString());
    }

    @Override
    public void failed(Path file, Exception cause) {
      told.add(cause);
    }
  }

  @TempDir Path directory;
  private final Notes notes = new Notes();
  private Path file;

  @BeforeEach
  void writeFile() throws Exception {
    file = Files.writeString(directory.resolve("hub.yaml"), "one");
  }

  @Test
  void tellsOfAWriteAtOnce() throws Exception {
    try (ConfigWatcher watcher = watcher(NEVER)) {
      watcher.start();
      Files.writeString(file, "two");
      assertThat(notes.told.poll(20, TimeUnit.SECONDS)).isEqualTo("hub.yaml");
    }
  }

  @Test
  void tellsOfAChangeByPollingAlone() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path target = Files.writeString(elsewhere.resolve("real.yaml"), "one");
    Path link = Files.createSymbolicLink(directory.resolve("link.yaml"), target);
    try (ConfigWatcher watcher =
        new ConfigWatcher(link, Duration.ofMillis(10), Duration.ZERO, notes)) {
      watcher.start();
      // The link's own directory sees nothing of this.
      Files.writeString(target, "two");
      assertThat(notes.told.poll(20, TimeUnit.SECONDS)).isEqualTo("link.yaml");
    }
  }

  @Test
  void seesEveryWayOfReplacing() throws Exception {
    try (ConfigWatcher watcher = watcher(NEVER)) {
      Path next = Files.writeString(directory.resolve("next"), "two");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      watcher.checkNow();
      assertThat(notes.told).hasSize(1);

      Files.delete(file);
      watcher.checkNow();
      assertThat(notes.told).hasSize(2);

      Files.writeString(file, "three");
      watcher.checkNow();
      assertThat(notes.told).hasSize(3);
    }
  }

  @Test
  void seesASwappedConfigMap() throws Exception {
    Path first = Files.createDirectory(directory.resolve("..1"));
    Path second = Files.createDirectory(directory.resolve("..2"));
    Files.writeString(first.resolve("map.yaml"), "one");
    Files.writeString(second.resolve("map.yaml"), "two");
    Path data = Files.createSymbolicLink(directory.resolve("..data"), first);
    Path mapped =
        Files.createSymbolicLink(directory.resolve("map.yaml"), Path.of("..data", "map.yaml"));
    try (ConfigWatcher watcher = new ConfigWatcher(mapped, NEVER, Duration.ZERO, notes)) {
      watcher.start();
      Path swap = Files.createSymbolicLink(directory.resolve("..swap"), second);
      Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      assertThat(notes.told.poll(20, TimeUnit.SECONDS)).isEqualTo("map.yaml");
    }
  }

  @Test
  void saysNothingWhenTheContentIsTheSame() throws Exception {
    try (ConfigWatcher watcher = watcher(NEVER)) {
      Files.writeString(file, "one");
      watcher.checkNow();
      assertThat(notes.told).isEmpty();
    }
  }

  @Test
  void outlivesAListenerThatThrows() throws Exception {
    try (ConfigWatcher watcher = watcher(NEVER)) {
      watcher.start();
      RuntimeException failure = new IllegalStateException("on purpose");
      notes.next = failure;
      Files.writeString(file, "two");
      assertThat(notes.told.poll(20, TimeUnit.SECONDS)).isSameAs(failure);
      Files.writeString(file, "three");
      assertThat(notes.told.poll(20, TimeUnit.SECONDS)).isEqualTo("hub.yaml");
    }
  }

  @Test
  void watchesAFileInADirectoryThatIsNotThere() throws Exception {
    Path missing = directory.resolve("later").resolve("hub.yaml");
    try (ConfigWatcher watcher =
        new ConfigWatcher(missing, Duration.ofMillis(10), Duration.ZERO, notes)) {
      watcher.start();
      assertThat(notes.told.poll(20, TimeUnit.SECONDS)).isInstanceOf(Exception.class);
      Files.createDirectory(missing.getParent());
      Files.writeString(missing, "one");
      assertThat(notes.told.poll(20, TimeUnit.SECONDS)).isEqualTo("hub.yaml");
    }
  }

  @Test
  void closesWithoutHavingStarted() {
    watcher(NEVER).close();
    assertThat(notes.told).isEmpty();
  }

  private ConfigWatcher watcher(Duration poll) {
    return new ConfigWatcher(file, poll, Duration.ZERO, notes);
  }
}
