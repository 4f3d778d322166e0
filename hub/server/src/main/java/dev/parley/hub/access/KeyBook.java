package dev.parley.hub.access;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.StaticKeyConfig;
import dev.parley.hub.store.Database;
import dev.parley.hub.store.DuplicateException;
import dev.parley.hub.store.Schema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is known of all keys in step with the database. Thread-safe; {@link #known} never
 * waits, the others wait for the database.
 */
final class KeyBook implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger("dev.parley.hub.Keys");

  private static final Schema SCHEMA =
      Schema.of("keys", "parley_key_migrations", "dev/parley/hub/access/migration", "1");
  private static final Duration REOPEN = Duration.ofSeconds(5);
  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);

  private final Optional<DatabaseConfig> server;
  private final Path data;
  private final Clock clock;

  private volatile Snapshot snapshot;
  private volatile @Nullable Thread looking;
  private volatile boolean closed;

  /** Guards the three below, and that one change of the snapshot follows the other. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Database database;
  private boolean away;
  private long refusedNanos;

  /**
   * @param given the keys of the configuration and the environment
   * @param server where the database is; empty: a file in {@code data}, made with the first key
   */
  KeyBook(List<StaticKeyConfig> given, Optional<DatabaseConfig> server, Path data, Clock clock) {
    this.snapshot = Snapshot.of(given);
    this.server = server;
    this.data = data;
    this.clock = clock;
  }

  /** What is known now. */
  Snapshot known() {
    return snapshot;
  }

  /** Puts other keys of the configuration and the environment in place of those that were given. */
  void give(List<StaticKeyConfig> given) {
    lock.lock();
    try {
      snapshot = snapshot.with(given);
    } finally {
      lock.unlock();
    }
  }

  /** Looks for what others change, again and again until {@link #close}. */
  void follow(Duration pause) {
    looking =
        Thread.ofVirtual()
            .name("hub-keys")
            .start(() -> {
              while (!closed) {
                LockSupport.parkNanos(this, pause.toNanos());
                if (!closed) {
                  look();
                }
              }
            });
  }

  /** Looks for changes; a failure is said once and changes nothing. */
  void look() {
    try {
      refresh();
    } catch (RuntimeException e) {
      log.debug("keys cannot be read now", e);
    }
  }

  /** Whether there is a database; a file is made with the first key. */
  boolean exists() {
    return Database.exists(server, data, SCHEMA);
  }

  /** Brings in what changed. Fails with Overloaded while the database is away. */
  void refresh() {
    lock.lock();
    try {
      if (!exists()) {
        snapshot = snapshot.isRead() ? snapshot : snapshot.with(List.of(), 0);
        return;
      }
      snapshot = opened().ask(connection -> newer(new KeyRows(connection)));
      if (away) {
        away = false;
        log.info("the database of keys is back");
      }
    } catch (SQLException e) {
      if (!away) {
        away = true;
        log.error("the database of keys is away; the keys known last stay in effect", e);
      }
      throw new HubException(new HubError.Overloaded("the database of keys is away", REOPEN), e);
    } finally {
      lock.unlock();
    }
  }

  private Snapshot newer(KeyRows rows) throws SQLException {
    Snapshot known = snapshot;
    long newest = rows.version();
    if (newest == known.version()) {
      return known;
    }
    // An older database was put back in its place, so nothing that is known of it counts.
    Snapshot base = newest < known.version() ? Snapshot.of(known.given()) : known;
    List<StoredKey> changed = rows.since(base.version());
    for (StoredKey key : changed) {
      newest = Math.max(newest, key.version());
    }
    return base.with(changed, newest);
  }

  /** Work on rows that makes or changes one key. */
  interface RowWork {
    StoredKey on(KeyRows rows) throws SQLException;
  }

  /**
   * Changes the database, then what is known here, so that the change holds when it is told. Fails
   * with NameTaken, Overloaded, or as the work does.
   */
  void change(String name, RowWork work) {
    lock.lock();
    try {
      StoredKey changed = opened().change(connection -> work.on(new KeyRows(connection)));
      log.info("key {} {}", name, changed.isRevoked() ? "is revoked" : "was made or changed");
      refresh();
    } catch (DuplicateException _) {
      throw new HubException(new HubError.NameTaken("key", name));
    } finally {
      lock.unlock();
    }
  }

  /** The database, opened when first needed; not more often than now and then where that fails. */
  private Database opened() {
    Database open = database;
    if (open != null) {
      return open;
    }
    if (server.isPresent() && away && clock.nanoTime() - refusedNanos < REOPEN.toNanos()) {
      throw new HubException(new HubError.Overloaded("the database of keys is away", REOPEN));
    }
    if (closed) {
      throw new HubException(new HubError.Overloaded("this hub is stopping", BUSY_RETRY));
    }
    try {
      open = Database.connect(server, data, SCHEMA);
    } catch (HubException e) {
      if (!away) {
        log.error("the database of keys cannot be opened; keys known so far stay in effect", e);
      }
      away = true;
      refusedNanos = clock.nanoTime();
      throw e;
    }
    database = open;
    return open;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(looking);
    lock.lock();
    try {
      if (database != null) {
        database.close();
        database = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
