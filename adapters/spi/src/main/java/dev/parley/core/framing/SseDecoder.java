package dev.parley.core.framing;

import java.nio.charset.StandardCharsets;

/// Cuts a stream of server-sent events into events by the WHATWG rules, however the bytes are cut
/// into chunks: lines end with LF, CRLF or CR, a byte order mark at the start and comments are
/// dropped, several `data` lines are joined with LF, `id`, `retry` and unknown fields are ignored.
/// An event without any `data` line is no event; one with a single empty `data` line is an event
/// with empty data. Beyond those rules, an event that the stream's end cuts off behind a `data`
/// line is handed on too, as backends forget the last blank line.
///
/// Every byte is looked at once and none is decoded but those of event names. Data that lies in one
/// chunk as one line is handed on as a slice of it, so chunks become the decoder's: whoever feeds
/// one must not change it afterwards. One decoder for each stream, for one thread.
public final class SseDecoder {

  /// Sixteen MiB: one event may carry seconds of audio as base64.
  public static final int EVENT_BYTES_MAX = 1 << 24;

  private static final byte[] NONE = {};
  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};

  private final int eventBytesMax;

  /// The beginning of a line whose end has not come yet.
  private final Bytes partial = new Bytes();

  private boolean firstLine = true;
  private boolean afterCarriageReturn;

  private String event = "";
  private int eventBytes;
  private int dataLines;

  /// The only data line so far, as a slice.
  private byte[] single = NONE;

  private int singleFrom;
  private int singleTo;

  /// All data lines once there are several.
  private final Bytes joined = new Bytes();

  public SseDecoder() {
    this(EVENT_BYTES_MAX);
  }

  /// A decoder for events whose name and data together have at most that many bytes, 1..2^30.
  public SseDecoder(int eventBytesMax) {
    this.eventBytesMax = Limits.checked("eventBytesMax", eventBytesMax);
  }

  /// Decodes the bytes from (inclusive) to (exclusive).
  ///
  /// @throws FrameTooLargeException if an event or a line is larger than allowed
  public void feed(byte[] chunk, int from, int to, SseSink sink) {
    int start = from;
    if (afterCarriageReturn && start < to) {
      afterCarriageReturn = false;
      start = chunk[start] == '\n' ? start + 1 : start;
    }
    while (start < to) {
      int end = lineEnd(chunk, start, to);
      if (end == to) {
        keep(chunk, start, to);
        return;
      }
      if (partial.isEmpty()) {
        line(chunk, start, end, sink);
      } else {
        keep(chunk, start, end);
        partialLine(sink);
      }
      start = end + 1;
      if (chunk[end] == '\r') {
        afterCarriageReturn = start == to;
        start = start < to && chunk[start] == '\n' ? start + 1 : start;
      }
    }
  }

  /// Ends the stream: an event that lacks its blank line, or even the end of its last line, is
  /// handed on if it has data.
  public void end(SseSink sink) {
    if (!partial.isEmpty()) {
      partialLine(sink);
    }
    dispatch(sink);
  }

  private static int lineEnd(byte[] chunk, int from, int to) {
    int i = from;
    while (i < to && chunk[i] != '\n' && chunk[i] != '\r') {
      i++;
    }
    return i;
  }

  private void keep(byte[] chunk, int from, int to) {
    // The field's name, its colon and a space come on top of what counts.
    if ((long) partial.size() + (to - from) > eventBytesMax + 16L) {
      throw tooLarge();
    }
    partial.put(chunk, from, to);
  }

  /// Hands the collected line over rather than copying it when it becomes data.
  private void partialLine(SseSink sink) {
    byte[] line = partial.array();
    int size = partial.size();
    partial.handOver();
    line(line, 0, size, sink);
  }

  private void line(byte[] text, int from, int to, SseSink sink) {
    int start = from;
    if (firstLine) {
      firstLine = false;
      start += byteOrderMark(text, from, to);
    }
    if (start == to) {
      dispatch(sink);
    } else if (isField(text, start, to, DATA)) {
      data(text, valueStart(text, start + DATA.length, to), to);
    } else if (isField(text, start, to, EVENT)) {
      name(text, valueStart(text, start + EVENT.length, to), to);
    }
  }

  private static int byteOrderMark(byte[] text, int from, int to) {
    boolean marked =
        to - from >= 3
            && text[from] == (byte) 0xef
            && text[from + 1] == (byte) 0xbb
            && text[from + 2] == (byte) 0xbf;
    return marked ? 3 : 0;
  }

  private static boolean isField(byte[] text, int from, int to, byte[] name) {
    int behind = from + name.length;
    if (behind > to || (behind < to && text[behind] != ':')) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (text[from + i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  /// Behind the colon and one space, if they are there.
  private static int valueStart(byte[] text, int colon, int to) {
    int start = Math.min(colon + 1, to);
    return start < to && text[start] == ' ' ? start + 1 : start;
  }

  private void name(byte[] text, int from, int to) {
    count(to - from);
    event = new String(text, from, to - from, StandardCharsets.UTF_8);
  }

  private void data(byte[] text, int from, int to) {
    count(to - from + (dataLines == 0 ? 0 : 1));
    if (dataLines == 0) {
      single = text;
      singleFrom = from;
      singleTo = to;
    } else {
      if (dataLines == 1) {
        joined.put(single, singleFrom, singleTo);
      }
      joined.put('\n');
      joined.put(text, from, to);
    }
    dataLines = dataLines == 0 ? 1 : 2;
  }

  private void count(int bytes) {
    if (bytes > eventBytesMax - eventBytes) {
      throw tooLarge();
    }
    eventBytes += bytes;
  }

  private FrameTooLargeException tooLarge() {
    return new FrameTooLargeException("server-sent event", eventBytesMax);
  }

  private void dispatch(SseSink sink) {
    int lines = dataLines;
    String name = event;
    byte[] data = lines == 2 ? joined.array() : single;
    int from = lines == 2 ? 0 : singleFrom;
    int to = lines == 2 ? joined.size() : singleTo;
    // Everything is forgotten first, so that a sink that throws leaves no half of an event behind.
    event = "";
    eventBytes = 0;
    dataLines = 0;
    single = NONE;
    joined.handOver();
    if (lines > 0) {
      sink.event(new SseEvent(name, data, from, to));
    }
  }
}
