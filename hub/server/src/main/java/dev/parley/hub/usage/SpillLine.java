package dev.parley.hub.usage;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A row as a line of text: a checksum in eight digits, a space, and a list of JSON. */
final class SpillLine {

  private static final int SUM_DIGITS = 8;

  private SpillLine() {}

  /** With the end of the line. */
  static byte[] of(UsageRow row) {
    UsageRow.Used used = row.used();
    byte[] json =
        new JsonWriter(384)
            .beginArray()
            .value(row.id())
            .value(row.atMillis())
            .value(row.requestId())
            .value(row.key())
            .value(row.owner())
            .value(row.asked().kind())
            .value(row.asked().model())
            .value(row.asked().stream())
            .value(row.served().backend())
            .value(row.served().model())
            .value(row.served().attempts())
            .value(row.served().cache())
            .value(used.inputTokens())
            .value(used.outputTokens())
            .value(used.cachedTokens())
            .value(used.reasoningTokens())
            .value(used.audioInputTokens())
            .value(used.audioOutputTokens())
            .value(used.guessed())
            .value(used.audioMillis())
            .value(used.characters())
            .value(used.bytes())
            .value(row.firstByteMillis())
            .value(row.durationMillis())
            .value(row.outcome())
            .value(row.cost().micros())
            .value(row.cost().currency())
            .endArray()
            .toBytes();
    byte[] line = new byte[SUM_DIGITS + 1 + json.length + 1];
    byte[] sum = sum(json, 0, json.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(sum, 0, line, 0, SUM_DIGITS);
    line[SUM_DIGITS] = ' ';
    System.arraycopy(json, 0, line, SUM_DIGITS + 1, json.length);
    line[line.length - 1] = '\n';
    return line;
  }

  /** Empty for a line that was torn or changed; without the end of the line. */
  static Optional<UsageRow> read(byte[] bytes, int from, int to) {
    int begin = from + SUM_DIGITS + 1;
    if (begin >= to
        || !new String(bytes, from, SUM_DIGITS, StandardCharsets.US_ASCII)
            .equals(sum(bytes, begin, to))) {
      return Optional.empty();
    }
    List<JsonValue> values = new ArrayList<>();
    byte[] json = Arrays.copyOfRange(bytes, begin, to);
    Json.parse(json).elements().forEach(values::add);
    return Optional.of(row(new Values(values)));
  }

  private static String sum(byte[] bytes, int from, int to) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, to - from);
    return HexFormat.of().toHexDigits(sum.getValue(), SUM_DIGITS);
  }

  /** Values in their order. */
  private static final class Values {

    private final List<JsonValue> all;
    private int next;

    Values(List<JsonValue> all) {
      this.all = all;
    }

    String text() {
      return all.get(next++).asString();
    }

    long number() {
      return all.get(next++).asLong();
    }

    boolean flag() {
      return all.get(next++).asBoolean();
    }
  }

  private static UsageRow row(Values in) {
    String id = in.text();
    long at = in.number();
    String requestId = in.text();
    String key = in.text();
    String owner = in.text();
    UsageRow.Asked asked = new UsageRow.Asked(in.text(), in.text(), in.flag());
    UsageRow.Served served =
        new UsageRow.Served(in.text(), in.text(), (int) in.number(), in.text());
    UsageRow.Used used =
        new UsageRow.Used(
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.flag(),
            in.number(),
            in.number(),
            in.number());
    return new UsageRow(
        id,
        at,
        requestId,
        key,
        owner,
        asked,
        served,
        used,
        in.number(),
        in.number(),
        in.text(),
        new UsageRow.Cost(in.number(), in.text()));
  }
}
