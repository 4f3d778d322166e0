package dev.parley.core.framing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One server-sent event: its name and its data as a slice of bytes that never change, so it may be
/// kept. Equal means equal name and equal data bytes.
public final class SseEvent {

  private final String event;
  private final byte[] data;
  private final int from;
  private final int to;

  /// An event over a slice; the array is kept, not copied.
  public SseEvent(String event, byte[] data, int from, int to) {
    Objects.checkFromToIndex(from, to, data.length);
    this.event = Objects.requireNonNull(event, "event");
    this.data = data;
    this.from = from;
    this.to = to;
  }

  /// The name, empty when the event has none.
  public String event() {
    return event;
  }

  /// The array that holds the data from [#from] to [#to]: read only.
  public byte[] data() {
    return data;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  /// Bytes of data.
  public int length() {
    return to - from;
  }

  /// Whether the data is this ASCII text, such as `[DONE]`.
  public boolean dataEquals(String ascii) {
    if (ascii.length() != length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (data[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The data decoded as UTF-8, bad bytes replaced.
  public String dataText() {
    return new String(data, from, to - from, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SseEvent that
        && event.equals(that.event)
        && Arrays.equals(data, from, to, that.data, that.from, that.to);
  }

  @Override
  public int hashCode() {
    return 31 * event.hashCode() + dataText().hashCode();
  }

  /// Size only, as data belongs in no log; see [#dataText].
  @Override
  public String toString() {
    return "SSE event of " + length() + " bytes";
  }
}
