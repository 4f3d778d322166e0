package dev.parley.hub.limits;

import dev.parley.core.model.Caller;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.QuotasConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The limits of a hub, where and how much its configuration says. Thread-safe. */
public final class Turnstile implements Limits, AutoCloseable {

  private static final int SWEEP_SECONDS = 60;
  private static final int LEDGER_SECONDS_MAX = 1;

  private static final Logger log = LoggerFactory.getLogger("dev.parley.hub.Limits");

  /** A store on a server, and what is to be done for it now and then. */
  private record Server(RemoteStore store, CountedLimits limits) {}

  private final Rules rules;
  private final StoreWatch watch;
  private final CountedLimits own;
  private final MemoryStore memory;
  private final @Nullable Server server;
  private final Limits limits;
  private final ScheduledThreadPoolExecutor now;

  /**
   * Connects to nothing yet.
   *
   * @param database where limits are counted when the configuration says so
   * @param hub like that of no other hub, now or before
   * @param keys a key's own allowance by its name; unlimited: it has none of its own
   * @param spent what budgets had to pay before
   */
  public Turnstile(
      QuotasConfig config,
      Optional<DatabaseConfig> database,
      String hub,
      Function<String, AllowanceConfig> keys,
      SpentSoFar spent,
      Clock clock) {
    this.rules = new Rules(config, keys);
    this.watch = new StoreWatch(name(config.store()), clock);
    this.server = server(config, database, hub, spent, clock);
    this.memory = new MemoryStore(server == null ? spent : asFarAsKnown(spent), clock);
    Store here = server == null ? memory : new AwayStore(memory, server.store().owed(), watch);
    this.own = new CountedLimits(rules, here, clock);
    this.now =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("hub-limits").factory());
    long renewSeconds = RunningLeases.RENEWED_EVERY.toSeconds();
    var _ =
        now.scheduleAtFixedRate(safe(this::renew), renewSeconds, renewSeconds, TimeUnit.SECONDS);
    var _ =
        now.scheduleAtFixedRate(safe(this::sweep), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    if (server == null) {
      this.limits = own;
      return;
    }
    SharedLimits shared =
        new SharedLimits(server.limits(), own, config.awayAfter(), config.whenAway(), watch);
    this.limits = shared;
    long lookMillis = SharedLimits.LOOK_EVERY.toMillis();
    // Looks that were missed while the machine was busy must not follow each other at once.
    var _ =
        now.scheduleWithFixedDelay(
            safe(shared::look), lookMillis, lookMillis, TimeUnit.MILLISECONDS);
    var _ = now.scheduleAtFixedRate(safe(this::repay), 1, 1, TimeUnit.SECONDS);
  }

  /** The ledger may be away with the server: then money is counted from now on. */
  private static SpentSoFar asFarAsKnown(SpentSoFar spent) {
    return (whose, name, from, to) ->
        spent
            .spentMicros(whose, name, from, to)
            .copy()
            .completeOnTimeout(0L, LEDGER_SECONDS_MAX, TimeUnit.SECONDS)
            .exceptionally(_ -> 0L);
  }

  private static String name(QuotasConfig.Store store) {
    return switch (store) {
      case QuotasConfig.Store.Memory _ -> "memory";
      case QuotasConfig.Store.Redis _ -> "Redis";
      case QuotasConfig.Store.Database _ -> "the database";
    };
  }

  private @Nullable Server server(
      QuotasConfig config,
      Optional<DatabaseConfig> database,
      String hub,
      SpentSoFar spent,
      Clock clock) {
    Duration awayAfter = config.awayAfter();
    return switch (config.store()) {
      case QuotasConfig.Store.Memory _ -> null;
      case QuotasConfig.Store.Redis redis ->
          server(new RedisCounters(redis, awayAfter, spent, clock), hub, clock);
      case QuotasConfig.Store.Database _ ->
          server(new PostgresCounters(database.orElseThrow(), awayAfter, spent, clock), hub, clock);
    };
  }

  private Server server(Counters counters, String hub, Clock clock) {
    RemoteStore store = new RemoteStore(counters, hub, clock, watch);
    return new Server(store, new CountedLimits(rules, store, clock));
  }

  /** One failure must not end what is done again and again. */
  private static Runnable safe(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        log.warn("limits are not looked after: {}", e.toString());
      }
    };
  }

  /** Says that the calls of this hub still run; completes when that is known. */
  CompletableFuture<?> renewed() {
    return server == null
        ? CompletableFuture.completedFuture(null)
        : server.store().leases().renew();
  }

  private void renew() {
    var _ = renewed();
  }

  /** Tells the server what it is owed, if it is time; completes when that is over. */
  CompletableFuture<?> repaid() {
    return server == null
        ? CompletableFuture.completedFuture(null)
        : server.store().repayment().run();
  }

  private void repay() {
    var _ = repaid();
  }

  /** Forgets what says nothing any more. */
  void sweep() {
    own.sweep();
    if (server != null) {
      server.limits().sweep();
    }
  }

  /** Whether nothing is under way to the store that nobody waits for. */
  boolean isQuiet() {
    return server == null || server.store().isQuiet();
  }

  /** Buckets that are kept in this process. */
  int bucketsInMemory() {
    return memory.size();
  }

  /** Connects to the store, if there is one; completes when that is done, however it went. */
  public CompletableFuture<Void> connect() {
    Server remote = server;
    if (remote == null) {
      return CompletableFuture.completedFuture(null);
    }
    return remote
        .store()
        .connect()
        .handle((_, failure) -> {
          if (failure != null) {
            watch.failed(failure);
          }
          return null;
        });
  }

  /**
   * Puts other amounts in effect; what they are of counts anew. Where they are counted, and what
   * happens without, stays as it was at the start.
   */
  public void apply(QuotasConfig next) {
    rules.apply(next);
  }

  /** Whether the store answers; always so in memory. */
  public boolean isStoreUp() {
    return watch.isUp();
  }

  /** How many times the store was asked and did not answer in time; 0 in memory. */
  public long missed() {
    return watch.missed();
  }

  /** Of how many buckets the store has not heard all yet; 0 in memory. */
  public int owed() {
    return server == null ? 0 : server.store().owed().buckets();
  }

  /** How many times something was not counted as the store was away from too many buckets. */
  public long owedDropped() {
    return server == null ? 0 : server.store().owed().dropped();
  }

  @Override
  public CompletableFuture<Entry> enter(Caller caller) {
    return limits.enter(caller);
  }

  @Override
  public Standing standing(Caller caller) {
    return limits.standing(caller);
  }

  @Override
  public CompletableFuture<Reservation> reserve(Caller caller, Demand demand) {
    return limits.reserve(caller, demand);
  }

  @Override
  public CompletableFuture<List<Left>> left(Caller caller) {
    return limits.left(caller);
  }

  /**
   * Tells the store what it has not heard and gives up the places of calls that still run. May wait
   * for three seconds.
   */
  @Override
  public void close() {
    now.shutdownNow();
    if (server != null) {
      server.store().close();
    }
    memory.close();
  }
}
