package dev.parley.hub.access;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.AccessConfig;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.config.Secret;
import dev.parley.hub.store.BlockingTasks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * All keys that open this hub: those of the configuration and the environment, and those of the
 * database, where they can be made and changed. Thread-safe. {@link #find} never waits; changes are
 * made on virtual threads.
 *
 * <p>What is changed here holds at once, what another hub or a command changes in the same database
 * after {@link #LOOK} or little more. While the database is away, what was known of it last stays
 * in effect.
 */
public final class Keys implements AutoCloseable {

  /** How long a secret that was replaced stays good where nobody says how long. */
  public static final Duration OVERLAP_DEFAULT = Duration.ofHours(24);

  public static final Duration OVERLAP_MAX = Duration.ofDays(31);
  public static final int PAGE_MAX = 1_000;

  /** How often the database is asked whether anything has changed. */
  static final Duration LOOK = Duration.ofMillis(500);

  private static final int STORED_MAX = 100_000;
  private static final int WORKING_MAX = 64;

  private final Clock clock;
  private final KeySecret secrets;
  private final KeyBook book;
  private final BlockingTasks tasks =
      new BlockingTasks(WORKING_MAX, WORKING_MAX, "too many changes of keys at once");

  private volatile AccessConfig access;

  private Keys(AccessConfig access, KeyBook book, Clock clock, RandomGenerator random) {
    this.access = access;
    this.book = book;
    this.clock = clock;
    this.secrets = new KeySecret(random);
  }

  /**
   * Reads all keys; waits for the database. Where that is away, keys of it are not known until it
   * is back, and nobody is let in without one meanwhile.
   *
   * @param server where the database is; empty: a file in {@code data}, made with the first key
   * @param random thread-safe, and not to be guessed
   */
  public static Keys open(
      AccessConfig access,
      Optional<DatabaseConfig> server,
      Path data,
      Clock clock,
      RandomGenerator random) {
    KeyBook book = new KeyBook(access.keys(), server, data, clock);
    book.look();
    return new Keys(access, book, clock, random);
  }

  /** Follows what others change, until {@link #close}. */
  public void follow() {
    book.follow(LOOK);
  }

  /** What is known of a key that a caller shows. */
  public Finding find(String shown) {
    return book.known().find(shown, clock.epochMillis());
  }

  /** Whether there is a key that was not withdrawn, or may be one in a database that is away. */
  public boolean any() {
    return !book.known().isRead() || book.known().hasKeys();
  }

  /** Whether there ever was a key, withdrawn ones included. */
  public boolean ever() {
    return !book.known().isRead() || book.known().hadKeys();
  }

  /**
   * Whether callers need no key. On loopback that is so while there is none; elsewhere only where
   * the operator says so, and never again after the first one: revoking the last one opens nothing.
   *
   * @param loopback whether nobody but this machine reaches the hub
   */
  public boolean isOpen(boolean loopback) {
    return loopback ? !any() : access.open() == AccessConfig.Open.EVERYWHERE && !ever();
  }

  /** Who may call, as the configuration says now. */
  public AccessConfig access() {
    return access;
  }

  /** What a key of this name stands for, withdrawn or not; empty when there is none. */
  public Optional<KeyConfig> config(String name) {
    return Optional.ofNullable(book.known().configs().get(name));
  }

  /** Puts other keys and rules of the configuration in effect. */
  public synchronized void apply(AccessConfig next) {
    access = next;
    book.give(next.keys());
  }

  /** Makes a key. Fails with NameTaken, or InvalidRequest where it would have ended already. */
  public CompletableFuture<NewSecret> create(KeyConfig config) {
    return tasks.run(() -> {
      toCome(config);
      if (config(config.name()).isPresent()) {
        throw new HubException(new HubError.NameTaken("key", config.name()));
      }
      String id = secrets.id();
      Secret secret = secrets.secret(id);
      StoredKey key =
          new StoredKey(
              id,
              config,
              Fingerprint.of(secret.value()),
              Optional.empty(),
              0,
              clock.epochMillis(),
              0,
              0);
      book.change(
          config.name(),
          rows -> {
            long version = rows.next();
            if (rows.count() >= STORED_MAX) {
              throw new HubException(
                  new HubError.QuotaSpent("the database", "it holds " + STORED_MAX + " keys"));
            }
            rows.insert(key, version);
            return key;
          });
      return new NewSecret(listed(config.name()), secret);
    });
  }

  /**
   * Keys in the order of their names.
   *
   * @param after the name before the first of them; empty: from the beginning
   * @param size at most {@link #PAGE_MAX}
   */
  public CompletableFuture<KeyPage> list(String after, int size) {
    return tasks.run(() -> {
      book.refresh();
      return book.known().page(after, Math.min(size, PAGE_MAX), clock.epochMillis());
    });
  }

  /** One key, withdrawn or not. Fails with NotFound. */
  public CompletableFuture<KnownKey> get(String name) {
    return tasks.run(() -> {
      book.refresh();
      return listed(name);
    });
  }

  /**
   * Has a key stand for something else. Fails with NotFound, EtagMismatch, or InvalidRequest where
   * it is not in the database.
   *
   * @param etag the key must still have it; empty: any
   */
  public CompletableFuture<KnownKey> update(KeyConfig config, String etag) {
    return tasks.run(() -> {
      edit(
          config.name(),
          (key, _) -> {
            if (!etag.isEmpty() && !etag.equals(key.etag())) {
              throw new HubException(new HubError.EtagMismatch("key", config.name()));
            }
            if (!config.expires().equals(key.config().expires())) {
              toCome(config);
            }
            return key.with(config);
          });
      return listed(config.name());
    });
  }

  /**
   * Gives a key another secret. Fails with NotFound, or InvalidRequest where it is not in the
   * database or withdrawn.
   *
   * @param overlap how long the secret of now stays good, at most {@link #OVERLAP_MAX}
   */
  public CompletableFuture<NewSecret> rotate(String name, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(OVERLAP_MAX) > 0) {
      return CompletableFuture.failedFuture(
          invalid("overlap", overlap.toSeconds() + " s", "0 s to 31 days"));
    }
    return tasks.run(() -> {
      NewSecret[] made = new NewSecret[1];
      edit(
          name,
          (key, now) -> {
            if (key.isRevoked()) {
              throw invalid("name", "the revoked key '" + name + "'", "a key that is good");
            }
            Secret secret = secrets.secret(key.id());
            StoredKey next =
                key.rotated(
                    Fingerprint.of(secret.value()),
                    overlap.isZero() ? Optional.empty() : Optional.of(now + overlap.toMillis()));
            made[0] = new NewSecret(next.listed(now), secret);
            return next;
          });
      return new NewSecret(listed(name), made[0].secret());
    });
  }

  /** Withdraws a key for ever. Fails with NotFound, or InvalidRequest as {@link #update}. */
  public CompletableFuture<KnownKey> revoke(String name) {
    return tasks.run(() -> {
      edit(name, (key, now) -> key.isRevoked() ? key : key.revoked(now));
      return listed(name);
    });
  }

  /** Who wants a key to end withdraws it; a time that is past is a mistake. */
  private void toCome(KeyConfig config) {
    Instant now = Instant.ofEpochMilli(clock.epochMillis());
    config
        .expires()
        .filter(end -> !end.isAfter(now))
        .ifPresent(end -> {
          throw invalid("key.expire_time", "'" + end + "', which is past", "a time after " + now);
        });
  }

  private interface Edit {
    StoredKey of(StoredKey key, long nowMillis);
  }

  private void edit(String name, Edit edit) {
    if (book.known().isGiven(name)) {
      throw invalid(
          "name",
          "a key of the configuration or the environment",
          "one of the database; the others change where the operator gives them");
    }
    if (!book.exists()) {
      throw book.known().missing(name);
    }
    long now = clock.epochMillis();
    book.change(
        name,
        rows -> {
          long version = rows.next();
          StoredKey key = rows.find(name).orElseThrow(() -> book.known().missing(name));
          StoredKey next = edit.of(key, now);
          rows.change(next, version);
          return next;
        });
  }

  private KnownKey listed(String name) {
    return book.known().listed(name, clock.epochMillis());
  }

  private static HubException invalid(String field, String got, String expected) {
    return new HubException(new HubError.InvalidRequest(field, got, expected));
  }

  /** Waits for the changes under way. */
  @Override
  public void close() {
    tasks.close();
    book.close();
  }
}
