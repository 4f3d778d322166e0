package dev.parley.hub.access;

import dev.parley.hub.config.KeyConfig;
import java.time.Instant;
import java.util.Optional;

/**
 * A key as the database has it.
 *
 * @param formerUntil from when on the former secret is none; zero where there is none
 * @param revokedMillis zero while it is good
 * @param version the change that it was last part of
 */
record StoredKey(
    String id,
    KeyConfig config,
    Fingerprint secret,
    Optional<Fingerprint> former,
    long formerUntil,
    long createdMillis,
    long revokedMillis,
    long version) {

  boolean isRevoked() {
    return revokedMillis > 0;
  }

  /** The same, as it is listed now. */
  KnownKey listed(long nowMillis) {
    boolean overlaps = former.isPresent() && !isRevoked() && formerUntil > nowMillis;
    return new KnownKey(
        config,
        KnownKey.Source.DATABASE,
        Optional.of(Instant.ofEpochMilli(createdMillis)),
        isRevoked() ? Optional.of(Instant.ofEpochMilli(revokedMillis)) : Optional.empty(),
        overlaps ? Optional.of(Instant.ofEpochMilli(formerUntil)) : Optional.empty(),
        etag());
  }

  String etag() {
    return Long.toString(version, 36);
  }

  StoredKey with(KeyConfig other) {
    return new StoredKey(
        id, other, secret, former, formerUntil, createdMillis, revokedMillis, version);
  }

  /** With another secret; the one of now is good until that moment, if that is not past. */
  StoredKey rotated(Fingerprint next, Optional<Long> until) {
    return new StoredKey(
        id,
        config,
        next,
        until.map(_ -> secret),
        until.orElse(0L),
        createdMillis,
        revokedMillis,
        version);
  }

  StoredKey revoked(long nowMillis) {
    return new StoredKey(
        id, config, secret, Optional.empty(), 0, createdMillis, nowMillis, version);
  }
}
