package dev.parley.hub.voice;

import dev.parley.core.error.HubException;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.store.Database;
import dev.parley.hub.store.DuplicateException;
import dev.parley.hub.store.Schema;
import dev.parley.hub.voice.store.SoundFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Both places of the library once they are open. Thread-safe; waits for the disk.
 *
 * @param count how many voices there were when {@link #recount} last looked, or {@link #UNCOUNTED}
 */
record VoiceShelf(Database database, SoundFolder sounds, AtomicInteger count)
    implements AutoCloseable {

  static final int UNCOUNTED = -1;

  private static final int NAMES_COMPARED_MAX = 10_000;

  private static final Schema SCHEMA =
      Schema.of("voices", "parley_voice_migrations", "dev/parley/hub/voice/migration", "1");

  /**
   * Opens both, and takes away what a crash left.
   *
   * @throws HubException when the database cannot be opened now
   */
  static VoiceShelf open(Optional<DatabaseConfig> server, Path data) throws IOException {
    SoundFolder sounds = SoundFolder.open(data.resolve("voices"));
    try {
      VoiceShelf shelf =
          new VoiceShelf(Database.open(server, data, SCHEMA), sounds, new AtomicInteger(UNCOUNTED));
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

  /** As {@link #change}, for work that cannot meet a row that may be there once. */
  <T> T changeThere(RowWork<T> work) {
    try {
      return change(work);
    } catch (DuplicateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The voice of that id or name; throws NotFound. */
  LibraryVoice known(String idOrName) {
    return read(rows -> rows.find(idOrName))
        .orElseThrow(() -> VoiceRules.missing(idOrName, namesAndIds()));
  }

  private List<String> namesAndIds() {
    return read(rows ->
        Stream.concat(rows.names().stream(), rows.ids().stream())
            .limit(NAMES_COMPARED_MAX)
            .toList());
  }

  /** Deletes the sound of these recordings, as far as no voice refers to it. */
  void drop(List<String> hashes) {
    sounds.drop(hashes, this::isReferred);
  }

  void recount() {
    count.set(read(VoiceRows::count));
  }

  @Override
  public void close() throws IOException {
    try (sounds) {
      database.close();
    }
  }
}
