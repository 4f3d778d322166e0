package dev.parley.hub.limits;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.store.Database;
import dev.parley.hub.store.Schema;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLadvisoryLockBasedProxyManager;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server. Whatever waits for it does so on a virtual thread, of which there is a
 * bounded number, with a connection of a bounded pool.
 */
final class PostgresCounters implements Counters {

  private static final Schema SCHEMA =
      Schema.of("limits", "parley_limits_migrations", "dev/parley/hub/limits/migration", "1");

  private static final int CONNECTIONS_MAX = 8;
  private static final int WAITING_MAX = 512;
  private static final int SWEPT_MAX = 1_000;

  private final DatabaseConfig at;
  private final SpentSoFar spent;
  private final Clock clock;
  private final HikariDataSource connections;
  private final PostgreSQLadvisoryLockBasedProxyManager<String> buckets;
  private final Semaphore waiting = new Semaphore(WAITING_MAX);
  private volatile boolean ready;

  PostgresCounters(DatabaseConfig at, Duration awayAfter, SpentSoFar spent, Clock clock) {
    this.at = at;
    this.spent = spent;
    this.clock = clock;
    this.connections = new HikariDataSource(pool(at, awayAfter));
    this.buckets =
        Bucket4jPostgreSQL.advisoryLockBasedBuilder(connections)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("parley_limits_buckets")
            .idColumn("id")
            .stateColumn("state")
            .expiresAtColumn("expires_at")
            .clientClock(Time.wall(clock))
            .requestTimeout(awayAfter)
            .expirationAfterWrite(CappedExpiry.USUAL)
            .build();
  }

  private static HikariConfig pool(DatabaseConfig at, Duration awayAfter) {
    String seconds = Long.toString(awayAfter.plusSeconds(1).minusNanos(1).toSeconds());
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("parley-limits");
    pool.setJdbcUrl(at.url());
    at.user().ifPresent(pool::setUsername);
    at.password().ifPresent(password -> pool.setPassword(password.value()));
    pool.addDataSourceProperty("connectTimeout", seconds);
    pool.addDataSourceProperty("socketTimeout", seconds);
    pool.addDataSourceProperty("ApplicationName", "parley");
    pool.setMaximumPoolSize(CONNECTIONS_MAX);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(awayAfter.toMillis());
    pool.setValidationTimeout(awayAfter.toMillis());
    // A count that a crash of the server loses is no harm; waiting for its disk each time is.
    pool.setConnectionInitSql("SET synchronous_commit = off");
    // It may be away while the hub starts.
    pool.setInitializationFailTimeout(-1);
    return pool;
  }

  /** Work on the database, of which several can be under way. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> CompletableFuture<T> onThread(Work<T> work) {
    return waiting(() -> {
      try (Connection connection = connections.getConnection()) {
        return work.on(connection);
      }
    });
  }

  private <T> CompletableFuture<T> waiting(Callable<T> work) {
    if (!waiting.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new RejectedExecutionException("more than " + WAITING_MAX + " wait for the database"));
    }
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("hub-limits-database")
        .start(() -> {
          try {
            prepare();
            done.complete(work.call());
          } catch (Exception e) {
            done.completeExceptionally(e);
          } finally {
            waiting.release();
          }
        });
    return done;
  }

  /** Brings the tables up to date when the server is first reached. */
  private void prepare() throws SQLException {
    if (ready) {
      return;
    }
    try (Connection connection = connections.getConnection()) {
      connection.isValid(1);
    }
    migrate();
  }

  private synchronized void migrate() {
    if (!ready) {
      Database.open(Optional.of(at), Path.of(""), SCHEMA).close();
      ready = true;
    }
  }

  @Override
  public RemoteBucket bucket(MeterSpec spec) {
    return new PostgresBucket(spec);
  }

  @Override
  public RunningLeases.Book places() {
    return new PostgresBook(this::onThread);
  }

  @Override
  public CompletableFuture<?> sweep() {
    return ready ? waiting(() -> buckets.removeExpired(SWEPT_MAX)) : Taken.GIVEN_NOW;
  }

  @Override
  public boolean isUnsent(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || cause instanceof RejectedExecutionException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    connections.close();
  }

  private final class PostgresBucket implements RemoteBucket {

    private final MeterSpec spec;
    private @Nullable BucketProxy proxy;

    PostgresBucket(MeterSpec spec) {
      this.spec = spec;
    }

    private synchronized BucketProxy proxy() {
      BucketProxy made = proxy;
      if (made == null) {
        made = buckets.builder().withOptimization(new Batches()).build(spec.id(), this::begin);
        proxy = made;
      }
      return made;
    }

    private BucketConfiguration begin() {
      try {
        return spec.begin(spent, clock.epochMillis()).join();
      } catch (CompletionException e) {
        throw new IllegalStateException("what was spent is not known", e);
      }
    }

    @Override
    public <T> CompletableFuture<VerboseResult<T>> call(BucketCall<T> call) {
      return waiting(() -> call.waiting().apply(proxy().asVerbose()));
    }
  }
}
