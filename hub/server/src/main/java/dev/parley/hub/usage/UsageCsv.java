package dev.parley.hub.usage;

import java.time.Instant;

/** Rows as lines of CSV, RFC 4180. */
public final class UsageCsv {

  private static final String END = "\r\n";

  /** The first line, with its end. */
  public static final String HEAD =
      CsvLine.of(
              "id",
              "time",
              "request_id",
              "key",
              "owner",
              "kind",
              "stream",
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
              "audio_ms",
              "characters",
              "bytes",
              "first_byte_ms",
              "duration_ms",
              "outcome",
              "cost_micros",
              "currency",
              "cache")
          + END;

  private UsageCsv() {}

  /** The line of a row, with its end. */
  public static String line(UsageRow row) {
    UsageRow.Used used = row.used();
    return new CsvLine()
            .text(row.id())
            .text(Instant.ofEpochMilli(row.atMillis()).toString())
            .text(row.requestId())
            .text(row.key())
            .text(row.owner())
            .text(row.asked().kind())
            .text(Boolean.toString(row.asked().stream()))
            .text(row.asked().model())
            .text(row.served().backend())
            .text(row.served().model())
            .number(row.served().attempts())
            .number(used.inputTokens())
            .number(used.outputTokens())
            .number(used.cachedTokens())
            .number(used.reasoningTokens())
            .number(used.audioInputTokens())
            .number(used.audioOutputTokens())
            .text(Boolean.toString(used.guessed()))
            .number(used.audioMillis())
            .number(used.characters())
            .number(used.bytes())
            .known(row.firstByteMillis())
            .number(row.durationMillis())
            .text(row.outcome())
            .known(row.cost().micros())
            .text(row.cost().currency())
            .text(row.served().cache())
            .line()
        + END;
  }
}
