package dev.parley.hub.access;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.NearestName;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.config.StaticKeyConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All keys as they are known at one moment. Immutable, so any thread reads it without waiting.
 *
 * @param stored those of the database, by name
 * @param given those of the configuration and the environment
 * @param bySecret what each secret stands for
 * @param configs what each name stands for
 * @param version the newest change of the database that is in it; negative: it was never read
 * @param hasKeys whether there is a key that was not withdrawn; one that expired still is one
 */
record Snapshot(
    TreeMap<String, StoredKey> stored,
    List<StaticKeyConfig> given,
    Map<Fingerprint, Slot> bySecret,
    Map<String, KeyConfig> configs,
    long version,
    boolean hasKeys) {

  static final long UNREAD = -1;

  /**
   * What one secret stands for.
   *
   * @param revoked whether it was withdrawn
   * @param until when it is replaced for good; the last moment there is where it is the newest
   */
  record Slot(KeyConfig key, boolean revoked, long until) {}

  static Snapshot of(List<StaticKeyConfig> given) {
    return of(new TreeMap<>(), given, UNREAD);
  }

  private static Snapshot of(
      TreeMap<String, StoredKey> stored, List<StaticKeyConfig> given, long version) {
    Map<Fingerprint, Slot> bySecret = HashMap.newHashMap(stored.size() + given.size());
    Map<String, KeyConfig> configs = HashMap.newHashMap(stored.size() + given.size());
    for (StoredKey key : stored.values()) {
      configs.put(key.config().name(), key.config());
      bySecret.put(key.secret(), new Slot(key.config(), key.isRevoked(), Long.MAX_VALUE));
      key.former()
          .ifPresent(
              former -> bySecret.put(former, new Slot(key.config(), false, key.formerUntil())));
    }
    for (StaticKeyConfig key : given) {
      configs.put(key.key().name(), key.key());
      bySecret.put(
          Fingerprint.of(key.secret().value()), new Slot(key.key(), false, Long.MAX_VALUE));
    }
    boolean hasKeys = !given.isEmpty() || !stored.values().stream().allMatch(StoredKey::isRevoked);
    return new Snapshot(stored, given, bySecret, configs, version, hasKeys);
  }

  Snapshot with(List<StaticKeyConfig> other) {
    return of(stored, other, version);
  }

  /** With what changed up to a change of the database. */
  Snapshot with(Collection<StoredKey> changed, long newest) {
    TreeMap<String, StoredKey> next = new TreeMap<>(stored);
    changed.forEach(key -> next.put(key.config().name(), key));
    return of(next, given, newest);
  }

  boolean isRead() {
    return version > UNREAD;
  }

  Finding find(String shown, long nowMillis) {
    Slot slot = bySecret.get(Fingerprint.of(shown));
    if (slot == null) {
      return isRead() ? new Finding.Bad("this is no key of this hub") : new Finding.Unsure();
    }
    if (slot.revoked()) {
      return new Finding.Bad("this key was revoked");
    }
    if (slot.until() <= nowMillis) {
      return new Finding.Bad("this key was replaced by a newer one");
    }
    Optional<Instant> end = slot.key().expires();
    return end.isPresent() && end.get().toEpochMilli() <= nowMillis
        ? new Finding.Bad("this key expired at " + end.get())
        : new Finding.Good(slot.key());
  }

  /** Whether there ever was one. */
  boolean hadKeys() {
    return !given.isEmpty() || !stored.isEmpty();
  }

  /** Every key, by name; the operator's own before one of the database of the same name. */
  TreeMap<String, KnownKey> all(long nowMillis) {
    TreeMap<String, KnownKey> all = new TreeMap<>();
    stored.values().forEach(key -> all.put(key.config().name(), key.listed(nowMillis)));
    for (StaticKeyConfig key : given) {
      KnownKey.Source source =
          switch (key.source()) {
            case CONFIGURATION -> KnownKey.Source.CONFIGURATION;
            case ENVIRONMENT -> KnownKey.Source.ENVIRONMENT;
          };
      all.put(
          key.key().name(),
          new KnownKey(
              key.key(), source, Optional.empty(), Optional.empty(), Optional.empty(), ""));
    }
    return all;
  }

  /** Whether the configuration or the environment has a key of this name. */
  boolean isGiven(String name) {
    return given.stream().anyMatch(key -> key.key().name().equals(name));
  }

  /** The key of this name; throws NotFound. */
  KnownKey listed(String name, long nowMillis) {
    KnownKey key = all(nowMillis).get(name);
    if (key == null) {
      throw missing(name);
    }
    return key;
  }

  /** There is no key of this name. */
  HubException missing(String name) {
    return new HubException(
        new HubError.NotFound(
            HubError.NotFound.Kind.KEY, name, NearestName.of(name, configs.keySet())));
  }

  /** So many keys behind a name, in the order of names. */
  KeyPage page(String after, int size, long nowMillis) {
    List<KnownKey> page = new ArrayList<>();
    for (KnownKey key : all(nowMillis).tailMap(after, false).values()) {
      if (page.size() == size) {
        return new KeyPage(page, page.getLast().name());
      }
      page.add(key);
    }
    return new KeyPage(page, "");
  }
}
