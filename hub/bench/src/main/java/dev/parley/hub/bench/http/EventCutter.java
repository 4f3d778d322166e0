package dev.parley.hub.bench.http;

import java.util.Arrays;

/** Cuts server-sent events out of a body; comments alone are no event. One stream, one thread. */
public final class EventCutter {

  /** Takes each event: its lines lie in {@code bytes[0, length)} until this returns. */
  public interface Sink {
    void event(byte[] bytes, int length);
  }

  private static final int EVENT_BYTES_MAX = 64 * 1024;

  private final Sink sink;
  private byte[] event = new byte[1024];
  private int length;

  public EventCutter(Sink sink) {
    this.sink = sink;
  }

  /** Reads {@code bytes[from, to)}. */
  public void feed(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '\n' && (length == 0 || event[length - 1] == '\n')) {
        if (length > 0 && event[0] != ':') {
          sink.event(event, length);
        }
        length = 0;
      } else if (b != '\r') {
        append(b);
      }
    }
  }

  private void append(byte b) {
    if (length == event.length) {
      if (length >= EVENT_BYTES_MAX) {
        throw new IllegalStateException("an event of more than " + EVENT_BYTES_MAX + " bytes");
      }
      event = Arrays.copyOf(event, length * 2);
    }
    event[length++] = b;
  }
}
