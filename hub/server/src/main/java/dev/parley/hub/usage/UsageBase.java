package dev.parley.hub.usage;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger's database, that may be away: it is opened when it is first needed, and one that
 * failed is left in peace for a while. Changed by one thread; {@link #open} is for any.
 */
final class UsageBase implements AutoCloseable {

  private static final Duration PAUSE_FIRST = Duration.ofMillis(500);
  private static final Duration PAUSE_LAST = Duration.ofSeconds(15);

  private static final Logger log = LoggerFactory.getLogger(Ledger.class);

  private final Optional<DatabaseConfig> server;
  private final Path data;
  private final Clock clock;
  private volatile @Nullable Database open;
  private volatile boolean away;
  private Duration pause = PAUSE_FIRST;
  private long againNanos;

  UsageBase(Optional<DatabaseConfig> server, Path data, Clock clock) {
    this.server = server;
    this.data = data;
    this.clock = clock;
    this.againNanos = clock.nanoTime();
  }

  /** The database, where it is time to try it; waits where it has to be opened. */
  @Nullable Database now() {
    Database known = open;
    if (away && clock.nanoTime() - againNanos < 0) {
      return null;
    }
    if (known != null) {
      return known;
    }
    try {
      known = Database.open(server, data, RowTable.SCHEMA);
      open = known;
      return known;
    } catch (HubException _) {
      failed();
      return null;
    }
  }

  /** It did not do what it was told. */
  void failed() {
    if (!away) {
      away = true;
      log.warn("the usage ledger's database is away; rows wait in a file of the data folder");
    }
    againNanos = clock.nanoTime() + pause.toNanos();
    pause = pause.multipliedBy(2).compareTo(PAUSE_LAST) < 0 ? pause.multipliedBy(2) : PAUSE_LAST;
  }

  /** It did. */
  void worked() {
    if (away) {
      away = false;
      log.info("the usage ledger's database is back");
    }
    pause = PAUSE_FIRST;
  }

  /** For reading, fails while it is not open. */
  Database open() {
    Database known = open;
    if (known == null) {
      throw new HubException(
          new HubError.Overloaded("the database of usage is not open", PAUSE_LAST));
    }
    return known;
  }

  boolean isAway() {
    return away;
  }

  @Override
  public void close() {
    Database known = open;
    if (known != null) {
      known.close();
    }
  }
}
