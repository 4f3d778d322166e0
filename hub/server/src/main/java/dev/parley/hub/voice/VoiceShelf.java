package dev.parley.hub.voice;

import dev.parley.core.error.HubException;
import dev.parley.hub.config.VoicesConfig;
import dev.parley.hub.voice.store.Database;
import dev.parley.hub.voice.store.DuplicateException;
import dev.parley.hub.voice.store.SoundFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Both places of the library once they are open. Thread-safe; waits for the disk. */
record VoiceShelf(Database database, SoundFolder sounds) implements AutoCloseable {

  /**
   * Opens both, and takes away what a crash left.
   *
   * @throws HubException when the database cannot be opened now
   */
  static VoiceShelf open(VoicesConfig config, Path data) throws IOException {
    SoundFolder sounds = SoundFolder.open(data.resolve("voices"));
    try {
      VoiceShelf shelf = new VoiceShelf(Database.open(config, data.resolve("voices.db")), sounds);
      sounds.sweep(shelf::isReferred);
      return shelf;
    } catch (RuntimeException e) {
      sounds.close();
      throw e;
    }
  }

  boolean isReferred(String sha256) {
    return read(rows -> rows.isReferred(sha256));
  }

  /** Work on rows. */
  interface RowWork<T> {
    T on(VoiceRows rows) throws SQLException;
  }

  <T> T read(RowWork<T> work) {
    return database.read(connection -> work.on(new VoiceRows(connection)));
  }

  <T> T change(RowWork<T> work) throws DuplicateException {
    return database.change(connection -> work.on(new VoiceRows(connection)));
  }

  @Override
  public void close() throws IOException {
    try (sounds) {
      database.close();
    }
  }
}
