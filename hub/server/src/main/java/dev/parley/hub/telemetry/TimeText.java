package dev.parley.hub.telemetry;

import java.time.Instant;

/** Spells points in time as ISO 8601 in UTC with milliseconds; the second is spelled once. */
final class TimeText {

  private record Second(long epochSecond, String text) {}

  private volatile Second latest = new Second(0, "1970-01-01T00:00:00");

  String at(long epochMillis) {
    long epochSecond = Math.floorDiv(epochMillis, 1_000);
    Second second = latest;
    if (second.epochSecond != epochSecond) {
      String text = Instant.ofEpochSecond(epochSecond).toString();
      second = new Second(epochSecond, text.substring(0, text.length() - 1));
      latest = second;
    }
    int millis = (int) Math.floorMod(epochMillis, 1_000L);
    StringBuilder out = new StringBuilder(24).append(second.text).append('.');
    out.append((char) ('0' + millis / 100)).append((char) ('0' + millis / 10 % 10));
    return out.append((char) ('0' + millis % 10)).append('Z').toString();
  }
}
