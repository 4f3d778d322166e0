package dev.parley.hub.usage;

import dev.parley.hub.store.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;

/** The rows in their table. */
final class RowTable {

  /** A confirmed row is money: it survives a power cut, which costs one sync a flush. */
  static final Schema SCHEMA =
      Schema.of("usage", "parley_usage_migrations", "dev/parley/hub/usage/migration", "1");

  static final List<String> COLUMNS =
      List.of(
          "id",
          "at_millis",
          "day",
          "request_id",
          "key_name",
          "owner",
          "kind",
          "streamed",
          "model",
          "backend",
          "backend_model",
          "attempts",
          "input_tokens",
          "output_tokens",
          "cached_tokens",
          "reasoning_tokens",
          "audio_input_tokens",
          "audio_output_tokens",
          "tokens_guessed",
          "audio_millis",
          "characters",
          "bytes",
          "first_byte_millis",
          "duration_millis",
          "outcome",
          "cost_micros",
          "currency",
          "cache");

  static final String NAMES = String.join(", ", COLUMNS);

  private static final String INSERT =
      "INSERT INTO usage_rows ("
          + NAMES
          + ") VALUES ("
          + "?, ".repeat(COLUMNS.size() - 1)
          + "?) ON CONFLICT DO NOTHING";

  private static final String DELETE_OLD =
      "DELETE FROM usage_rows WHERE id IN (SELECT id FROM usage_rows WHERE day < ? LIMIT ?)";

  private RowTable() {}

  /** Adds those that are not there yet; how many. */
  static int add(Connection connection, List<UsageRow> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (UsageRow row : rows) {
        bind(insert, row);
        insert.addBatch();
      }
      return Arrays.stream(insert.executeBatch()).sum();
    }
  }

  /** Takes some of the rows away that are older than a day; how many. */
  static int deleteBefore(Connection connection, long day, int most) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE_OLD)) {
      delete.setLong(1, day);
      delete.setInt(2, most);
      return delete.executeUpdate();
    }
  }

  private static void bind(PreparedStatement insert, UsageRow row) throws SQLException {
    UsageRow.Used used = row.used();
    int i = 0;
    insert.setString(++i, row.id());
    insert.setLong(++i, row.atMillis());
    insert.setLong(++i, row.day());
    insert.setString(++i, row.requestId());
    insert.setString(++i, row.key());
    insert.setString(++i, row.owner());
    insert.setString(++i, row.asked().kind());
    insert.setInt(++i, row.asked().stream() ? 1 : 0);
    insert.setString(++i, row.asked().model());
    insert.setString(++i, row.served().backend());
    insert.setString(++i, row.served().model());
    insert.setInt(++i, row.served().attempts());
    insert.setLong(++i, used.inputTokens());
    insert.setLong(++i, used.outputTokens());
    insert.setLong(++i, used.cachedTokens());
    insert.setLong(++i, used.reasoningTokens());
    insert.setLong(++i, used.audioInputTokens());
    insert.setLong(++i, used.audioOutputTokens());
    insert.setInt(++i, used.guessed() ? 1 : 0);
    insert.setLong(++i, used.audioMillis());
    insert.setLong(++i, used.characters());
    insert.setLong(++i, used.bytes());
    known(insert, ++i, row.firstByteMillis());
    insert.setLong(++i, row.durationMillis());
    insert.setString(++i, row.outcome());
    known(insert, ++i, row.cost().micros());
    insert.setString(++i, row.cost().currency());
    insert.setString(++i, row.served().cache());
  }

  private static void known(PreparedStatement insert, int i, long value) throws SQLException {
    if (value < 0) {
      insert.setNull(i, Types.BIGINT);
    } else {
      insert.setLong(i, value);
    }
  }

  /** The row at which {@code found} stands, all {@link #COLUMNS} selected in their order. */
  static UsageRow read(ResultSet found) throws SQLException {
    return new UsageRow(
        found.getString("id"),
        found.getLong("at_millis"),
        found.getString("request_id"),
        found.getString("key_name"),
        found.getString("owner"),
        new UsageRow.Asked(
            found.getString("kind"), found.getString("model"), found.getInt("streamed") == 1),
        new UsageRow.Served(
            found.getString("backend"),
            found.getString("backend_model"),
            found.getInt("attempts"),
            found.getString("cache")),
        new UsageRow.Used(
            found.getLong("input_tokens"),
            found.getLong("output_tokens"),
            found.getLong("cached_tokens"),
            found.getLong("reasoning_tokens"),
            found.getLong("audio_input_tokens"),
            found.getLong("audio_output_tokens"),
            found.getInt("tokens_guessed") == 1,
            found.getLong("audio_millis"),
            found.getLong("characters"),
            found.getLong("bytes")),
        orUnknown(found, "first_byte_millis"),
        found.getLong("duration_millis"),
        found.getString("outcome"),
        new UsageRow.Cost(orUnknown(found, "cost_micros"), found.getString("currency")));
  }

  private static long orUnknown(ResultSet found, String column) throws SQLException {
    long value = found.getLong(column);
    return found.wasNull() ? -1 : value;
  }
}
