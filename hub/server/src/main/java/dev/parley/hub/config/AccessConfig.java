package dev.parley.hub.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who may call.
 *
 * @param keys those that the configuration and the environment give; more are in the database
 * @param open where callers need no key as long as there is none
 * @param origins whose pages may call from a browser; empty: none, {@code *}: all
 * @param metrics who may read the metrics
 * @param trustedProxies whose word on where a request comes from is taken
 */
public record AccessConfig(
    List<StaticKeyConfig> keys,
    Open open,
    List<String> origins,
    Metrics metrics,
    List<AddressBlock> trustedProxies) {

  /** Where callers need no key as long as there is none. */
  public enum Open {
    /** On a hub that listens on a loopback address only. */
    LOOPBACK,
    /** On any hub. */
    EVERYWHERE
  }

  /** Who may read the metrics. */
  public enum Metrics {
    /** Whoever reaches the hub. */
    OPEN,
    /** Callers with a key. */
    KEY
  }

  public static final int KEYS_MAX = 10_000;
  public static final int ORIGINS_MAX = 100;
  public static final int PROXIES_MAX = 100;

  /** Stands for every origin. */
  public static final String ANY_ORIGIN = "*";

  public static final AccessConfig DEFAULT =
      new AccessConfig(List.of(), Open.LOOPBACK, List.of(), Metrics.OPEN, List.of());

  public AccessConfig {
    keys = List.copyOf(keys);
    origins = List.copyOf(origins);
    trustedProxies = List.copyOf(trustedProxies);
    Set<String> names = new HashSet<>();
    Set<String> secrets = new HashSet<>();
    for (StaticKeyConfig key : keys) {
      if (!names.add(key.key().name()) || !secrets.add(key.secret().value())) {
        throw new IllegalArgumentException("two keys have the same name or are the same");
      }
    }
  }

  /** The same with other keys. */
  public AccessConfig withKeys(List<StaticKeyConfig> other) {
    return new AccessConfig(other, open, origins, metrics, trustedProxies);
  }
}
