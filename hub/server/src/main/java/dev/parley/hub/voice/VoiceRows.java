package dev.parley.hub.voice;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

  private final Connection connection;

  VoiceRows(Connection connection) {
    this.connection = connection;
  }

  /** An answer that was given to a request with a key. */
  record Answer(String requestSha256, LibraryVoice voice) {}

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> list(String sql, Row<T> row, Object... values) throws SQLException {
    try (PreparedStatement asked = statement(sql, values);
        ResultSet found = asked.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(row.of(found));
      }
      return rows;
    }
  }

  private int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement change = statement(sql, values)) {
      return change.executeUpdate();
    }
  }

  private PreparedStatement statement(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** Ids come before names, which cannot look like ids. */
  Optional<LibraryVoice> find(String idOrName) throws SQLException {
    List<LibraryVoice> found =
        VoiceIds.isVoice(idOrName)
            ? voices(VOICE + "WHERE id = ?", idOrName)
            : voices(VOICE + "WHERE name_key = ?", VoiceRules.nameKey(idOrName));
    return found.stream().findFirst();
  }

  boolean isTaken(String name) throws SQLException {
    String asked = "SELECT 1 FROM voices WHERE name_key = ?";
    return !list(asked, row -> true, VoiceRules.nameKey(name)).isEmpty();
  }

  List<LibraryVoice> page(String after, int size) throws SQLException {
    return voices(VOICE + "WHERE id > ? ORDER BY id LIMIT ?", after, size);
  }

  private List<LibraryVoice> voices(String sql, Object... values) throws SQLException {
    List<LibraryVoice> bare = list(sql, VoiceRows::voice, values);
    List<LibraryVoice> voices = new ArrayList<>(bare.size());
    for (LibraryVoice voice : bare) {
      List<VoiceReference> references =
          references(voice.id()).stream().map(StoredReference::reference).toList();
      voices.add(with(voice, references, voice.etag()));
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

  static LibraryVoice with(LibraryVoice voice, List<VoiceReference> references, String etag) {
    return new LibraryVoice(
        voice.id(),
        voice.name(),
        voice.languages(),
        references,
        voice.createdAt(),
        voice.labels(),
        etag,
        voice.extraJson());
  }

  List<StoredReference> references(String voiceId) throws SQLException {
    return list(
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
    update(
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
        VoiceLibrary.contentKey(voice));
    append(voice.id(), 0, references);
  }

  void append(String voiceId, int position, List<StoredReference> references) throws SQLException {
    int next = position;
    for (StoredReference stored : references) {
      VoiceReference reference = stored.reference();
      AudioFormat declared = stored.declared();
      update(
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
    return update(
            "UPDATE voices SET etag = ?, content_key = ? WHERE id = ? AND etag = ?",
            voice.etag(),
            VoiceLibrary.contentKey(voice),
            voice.id(),
            etagBefore)
        == 1;
  }

  boolean delete(String id, String etag) throws SQLException {
    return update("DELETE FROM voices WHERE id = ? AND etag = ?", id, etag) == 1;
  }

  /** Takes away and gives the placements of content that no voice has. */
  List<Placement> withdraw(String contentKey) throws SQLException {
    if (!list("SELECT 1 FROM voices WHERE content_key = ? LIMIT 1", row -> true, contentKey)
        .isEmpty()) {
      return List.of();
    }
    List<Placement> gone =
        list(
            "SELECT backend, name FROM voice_placements WHERE content_key = ? ORDER BY backend",
            row -> new Placement(contentKey, row.getString(1), row.getString(2)),
            contentKey);
    update("DELETE FROM voice_placements WHERE content_key = ?", contentKey);
    return gone;
  }

  Optional<String> placed(String contentKey, String backend) throws SQLException {
    return list(
            "SELECT name FROM voice_placements WHERE content_key = ? AND backend = ?",
            row -> row.getString(1),
            contentKey,
            backend)
        .stream()
        .findFirst();
  }

  void place(Placement placement) throws SQLException {
    update(
        "INSERT INTO voice_placements (content_key, backend, name) VALUES (?, ?, ?)"
            + " ON CONFLICT (content_key, backend) DO UPDATE SET name = excluded.name",
        placement.contentKey(),
        placement.backend(),
        placement.name());
  }

  void displaced(String contentKey, String backend) throws SQLException {
    update(
        "DELETE FROM voice_placements WHERE content_key = ? AND backend = ?", contentKey, backend);
  }

  boolean isReferred(String sha256) throws SQLException {
    String asked = "SELECT 1 FROM voice_references WHERE sha256 = ? LIMIT 1";
    return !list(asked, row -> true, sha256).isEmpty();
  }

  List<String> names() throws SQLException {
    return list("SELECT name FROM voices ORDER BY name", row -> row.getString(1));
  }

  List<String> ids() throws SQLException {
    return list("SELECT id FROM voices", row -> row.getString(1));
  }

  int count() throws SQLException {
    return list("SELECT COUNT(*) FROM voices", row -> row.getInt(1)).getFirst();
  }

  Optional<Answer> answer(String key, long notBeforeMillis) throws SQLException {
    return list(
            "SELECT request_sha256, voice_json FROM voice_answers"
                + " WHERE idempotency_key = ? AND created_millis > ?",
            row -> new Answer(row.getString(1), VoiceText.voice(row.getString(2))),
            key,
            notBeforeMillis)
        .stream()
        .findFirst();
  }

  /** Keeps an answer, and forgets those that are too old. */
  void answered(String key, String requestSha256, LibraryVoice voice, long now, long notBefore)
      throws SQLException {
    update("DELETE FROM voice_answers WHERE created_millis <= ?", notBefore);
    update(
        "INSERT INTO voice_answers (idempotency_key, request_sha256, voice_json, created_millis)"
            + " VALUES (?, ?, ?, ?)",
        key,
        requestSha256,
        VoiceText.voice(voice),
        now);
  }
}
