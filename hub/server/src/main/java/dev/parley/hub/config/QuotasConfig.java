package dev.parley.hub.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How much callers may use.
 *
 * @param store where it is counted
 * @param awayAfter how long it may take to answer before it counts as out of reach
 * @param whenAway what happens to calls while that is out of reach
 * @param hub of all callers together
 * @param key of each key that has no allowance of its own
 * @param owners by owner: of all of an owner's keys together
 * @param models by the name that callers use: of all calls for it together
 * @param address requests from one address, counted before anything else
 * @param failures requests from one address with a wrong key
 */
public record QuotasConfig(
    Store store,
    Duration awayAfter,
    WhenAway whenAway,
    AllowanceConfig hub,
    AllowanceConfig key,
    Map<String, AllowanceConfig> owners,
    Map<String, AllowanceConfig> models,
    Optional<QuotaConfig> address,
    Optional<QuotaConfig> failures) {

  /** What {@code awayAfter} may be. */
  static final DurationRange AWAY_AFTER_RANGE =
      new DurationRange(Duration.ofMillis(50), Duration.ofSeconds(10));

  /** Where use is counted. */
  public sealed interface Store {
    /** In each hub for itself; forgotten when it ends, but for budgets. */
    record Memory() implements Store {}

    /**
     * On a Redis server, for several hubs together.
     *
     * @param url {@code redis://HOST:PORT/DATABASE} or {@code rediss://}, without credentials
     */
    record Redis(String url, Optional<String> user, Optional<Secret> password) implements Store {}

    /** In the database that {@code database} names, for several hubs together. */
    record Database() implements Store {}
  }

  /** What happens to calls while the store is out of reach. */
  public enum WhenAway {
    /** Each hub counts by itself meanwhile. */
    OPEN,
    /** Calls are refused as OVERLOADED. */
    CLOSED
  }

  public static final QuotasConfig DEFAULT =
      new QuotasConfig(
          new Store.Memory(),
          Duration.ofMillis(250),
          WhenAway.OPEN,
          AllowanceConfig.UNLIMITED,
          AllowanceConfig.UNLIMITED,
          Map.of(),
          Map.of(),
          Optional.empty(),
          Optional.of(new QuotaConfig(QuotaUnit.REQUESTS, 30, Duration.ofMinutes(1))));

  public QuotasConfig {
    owners = Map.copyOf(owners);
    models = Map.copyOf(models);
  }
}
