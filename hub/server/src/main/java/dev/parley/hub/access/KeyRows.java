package dev.parley.hub.access;

import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.store.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys as rows, on one connection. Waits for the database. */
final class KeyRows {

  private static final String KEY =
      "SELECT id, name, secret_sha256, former_sha256, former_until, grants_json, created_millis,"
          + " revoked_millis, version FROM access_keys ";

  private static final Logger log = LoggerFactory.getLogger(KeyRows.class);

  private final Statements rows;

  KeyRows(Connection connection) {
    this.rows = new Statements(connection);
  }

  /** Which change was the last. */
  long version() throws SQLException {
    return rows.first("SELECT version FROM access_changes WHERE id = 1", row -> row.getLong(1))
        .orElse(0L);
  }

  /** Begins a change, before anything of it is read or written, and numbers it. */
  long next() throws SQLException {
    rows.update("UPDATE access_changes SET version = version + 1 WHERE id = 1");
    return version();
  }

  /** What changed after this one. */
  List<StoredKey> since(long version) throws SQLException {
    return rows.list(KEY + "WHERE version > ?", KeyRows::key, version);
  }

  Optional<StoredKey> find(String name) throws SQLException {
    return rows.first(KEY + "WHERE name = ?", KeyRows::key, name);
  }

  int count() throws SQLException {
    return rows.list("SELECT COUNT(*) FROM access_keys", row -> row.getInt(1)).getFirst();
  }

  void insert(StoredKey key, long version) throws SQLException {
    rows.update(
        "INSERT INTO access_keys (id, name, secret_sha256, former_sha256, former_until,"
            + " grants_json, created_millis, revoked_millis, version)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        key.id(),
        key.config().name(),
        key.secret().hex(),
        key.former().map(Fingerprint::hex).orElse(""),
        key.formerUntil(),
        GrantText.of(key.config()),
        key.createdMillis(),
        key.revokedMillis(),
        version);
  }

  void change(StoredKey key, long version) throws SQLException {
    rows.update(
        "UPDATE access_keys SET secret_sha256 = ?, former_sha256 = ?, former_until = ?,"
            + " grants_json = ?, revoked_millis = ?, version = ? WHERE id = ?",
        key.secret().hex(),
        key.former().map(Fingerprint::hex).orElse(""),
        key.formerUntil(),
        GrantText.of(key.config()),
        key.revokedMillis(),
        version,
        key.id());
  }

  private static StoredKey key(ResultSet row) throws SQLException {
    String former = row.getString("former_sha256");
    String name = row.getString("name");
    KeyConfig config = KeyConfig.named(name);
    long revokedMillis = row.getLong("revoked_millis");
    try {
      config = GrantText.parse(name, row.getString("grants_json"));
    } catch (RuntimeException e) {
      // One that a newer hub made may hold what this one does not understand: it opens nothing.
      log.warn("key {} is not understood by this hub and opens nothing here", name, e);
      revokedMillis = Math.max(1, revokedMillis);
    }
    return new StoredKey(
        row.getString("id"),
        config,
        Fingerprint.ofHex(row.getString("secret_sha256")),
        former.isEmpty() ? Optional.empty() : Optional.of(Fingerprint.ofHex(former)),
        row.getLong("former_until"),
        row.getLong("created_millis"),
        revokedMillis,
        row.getLong("version"));
  }
}
