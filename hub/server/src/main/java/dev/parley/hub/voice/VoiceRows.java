package dev.parley.hub.voice;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.hub.store.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Voices as rows, on one connection. Waits for the database. */
final class VoiceRows {

  private static final String VOICE =
      "SELECT id, name, languages_json, labels_json, extra_json, created_millis, etag FROM voices ";

  private final Statements rows;

  VoiceRows(Connection connection) {
    this.rows = new Statements(connection);
  }

  /** An answer that was given to a request with a key. */
  record Answer(String requestSha256, LibraryVoice voice) {}

  /** Ids come before names, which cannot look like ids. */
  Optional<LibraryVoice> find(String idOrName) throws SQLException {
    List<LibraryVoice> found =
        VoiceIds.isVoice(idOrName)
            ? voices(VOICE + "WHERE id = ?", idOrName)
            : voices(VOICE + "WHERE name_key = ?", VoiceRules.nameKey(idOrName));
    return found.stream().findFirst();
  }

  boolean isTaken(String name) throws SQLException {
    return rows.any("SELECT 1 FROM voices WHERE name_key = ?", VoiceRules.nameKey(name));
  }

  List<LibraryVoice> page(String after, int size) throws SQLException {
    return voices(VOICE + "WHERE id > ? ORDER BY id LIMIT ?", after, size);
  }

  private List<LibraryVoice> voices(String sql, Object... values) throws SQLException {
    List<LibraryVoice> bare = rows.list(sql, VoiceRows::voice, values);
    List<LibraryVoice> voices = new ArrayList<>(bare.size());
    for (LibraryVoice voice : bare) {
      List<VoiceReference> references =
          references(voice.id()).stream().map(StoredReference::reference).toList();
      voices.add(voice.with(references, voice.etag()));
    }
    return voices;
  }

  private static LibraryVoice voice(ResultSet row) throws SQLException {
    return new LibraryVoice(
        row.getString("id"),
        row.getString("name"),
        VoiceText.list(row.getString("languages_json")),
        List.of(),
        Instant.ofEpochMilli(row.getLong("created_millis")),
        VoiceText.map(row.getString("labels_json")),
        row.getString("etag"),
        row.getString("extra_json"));
  }

  List<StoredReference> references(String voiceId) throws SQLException {
    return rows.list(
        "SELECT * FROM voice_references WHERE voice_id = ? ORDER BY position",
        VoiceRows::reference,
        voiceId);
  }

  private static StoredReference reference(ResultSet row) throws SQLException {
    return new StoredReference(
        new VoiceReference(
            row.getString("id"),
            row.getString("sha256"),
            row.getDouble("seconds"),
            row.getInt("sample_rate_hz"),
            row.getString("transcript"),
            row.getDouble("speech_seconds"),
            row.getDouble("loudness_lufs"),
            row.getDouble("snr_db"),
            row.getDouble("clipped_ratio")),
        new AudioFormat(
            AudioEncoding.byName(row.getString("format")),
            row.getInt("format_rate_hz"),
            row.getInt("format_channels"),
            0));
  }

  void insert(LibraryVoice voice, List<StoredReference> references) throws SQLException {
    rows.update(
        "INSERT INTO voices (id, name, name_key, languages_json, labels_json, extra_json,"
            + " created_millis, etag, content_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        voice.id(),
        voice.name(),
        VoiceRules.nameKey(voice.name()),
        VoiceText.list(voice.languages()),
        VoiceText.map(voice.labels()),
        voice.extraJson(),
        voice.createdAt().toEpochMilli(),
        voice.etag(),
        voice.contentKey());
    append(voice.id(), 0, references);
  }

  void append(String voiceId, int position, List<StoredReference> references) throws SQLException {
    int next = position;
    for (StoredReference stored : references) {
      VoiceReference reference = stored.reference();
      AudioFormat declared = stored.declared();
      rows.update(
          "INSERT INTO voice_references (id, voice_id, position, sha256, seconds, sample_rate_hz,"
              + " transcript, speech_seconds, loudness_lufs, snr_db, clipped_ratio, format,"
              + " format_rate_hz, format_channels)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          reference.id(),
          voiceId,
          next++,
          reference.sha256(),
          reference.seconds(),
          reference.sampleRateHz(),
          reference.transcript(),
          reference.speechSeconds(),
          reference.loudnessLufs(),
          reference.snrDb(),
          reference.clippedRatio(),
          declared.encoding().map(AudioEncoding::wireName).orElse(""),
          declared.sampleRateHz(),
          declared.channels());
    }
  }

  /** Notes that a voice has changed; false when another change was faster. */
  boolean change(LibraryVoice voice, String etagBefore) throws SQLException {
    return rows.update(
            "UPDATE voices SET etag = ?, content_key = ? WHERE id = ? AND etag = ?",
            voice.etag(),
            voice.contentKey(),
            voice.id(),
            etagBefore)
        == 1;
  }

  boolean delete(String id, String etag) throws SQLException {
    return rows.update("DELETE FROM voices WHERE id = ? AND etag = ?", id, etag) == 1;
  }

  /** Takes away and gives the placements of content that no voice has. */
  List<Placement> withdraw(String contentKey) throws SQLException {
    if (rows.any("SELECT 1 FROM voices WHERE content_key = ? LIMIT 1", contentKey)) {
      return List.of();
    }
    List<Placement> gone =
        rows.list(
            "SELECT backend, name FROM voice_placements WHERE content_key = ? ORDER BY backend",
            row -> new Placement(contentKey, row.getString(1), row.getString(2)),
            contentKey);
    rows.update("DELETE FROM voice_placements WHERE content_key = ?", contentKey);
    return gone;
  }

  Optional<String> placed(String contentKey, String backend) throws SQLException {
    return rows.first(
        "SELECT name FROM voice_placements WHERE content_key = ? AND backend = ?",
        row -> row.getString(1),
        contentKey,
        backend);
  }

  void place(Placement placement) throws SQLException {
    rows.update(
        "INSERT INTO voice_placements (content_key, backend, name) VALUES (?, ?, ?)"
            + " ON CONFLICT (content_key, backend) DO UPDATE SET name = excluded.name",
        placement.contentKey(),
        placement.backend(),
        placement.name());
  }

  void displaced(String contentKey, String backend) throws SQLException {
    rows.update(
        "DELETE FROM voice_placements WHERE content_key = ? AND backend = ?", contentKey, backend);
  }

  boolean isReferred(String sha256) throws SQLException {
    return rows.any("SELECT 1 FROM voice_references WHERE sha256 = ? LIMIT 1", sha256);
  }

  List<String> names() throws SQLException {
    return rows.list("SELECT name FROM voices ORDER BY name", row -> row.getString(1));
  }

  List<String> ids() throws SQLException {
    return rows.list("SELECT id FROM voices", row -> row.getString(1));
  }

  int count() throws SQLException {
    return rows.list("SELECT COUNT(*) FROM voices", row -> row.getInt(1)).getFirst();
  }

  Optional<Answer> answer(String key, long notBeforeMillis) throws SQLException {
    return rows.first(
        "SELECT request_sha256, voice_json FROM voice_answers"
            + " WHERE idempotency_key = ? AND created_millis > ?",
        row -> new Answer(row.getString(1), VoiceText.voice(row.getString(2))),
        key,
        notBeforeMillis);
  }

  /** Keeps an answer, and forgets those that are too old. */
  void answered(String key, String requestSha256, LibraryVoice voice, long now, long notBefore)
      throws SQLException {
    rows.update("DELETE FROM voice_answers WHERE created_millis <= ?", notBefore);
    rows.update(
        "INSERT INTO voice_answers (idempotency_key, request_sha256, voice_json, created_millis)"
            + " VALUES (?, ?, ?, ?)",
        key,
        requestSha256,
        VoiceText.voice(voice),
        now);
  }
}
