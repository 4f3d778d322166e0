package dev.parley.core.framing;

/// Cuts a stream of newline-delimited JSON into lines, however the bytes are cut into chunks: ends
/// are LF or CRLF, blank lines are skipped. A line that lies in one chunk is handed on as a slice
/// of it, so chunks become the decoder's: whoever feeds one must not change it afterwards. One
/// decoder for each stream, for one thread.
public final class NdjsonDecoder {

  private final int lineBytesMax;

  /// The beginning of a line whose end has not come yet.
  private final Bytes partial = new Bytes();

  /// A decoder for lines of at most that many bytes, 1..2^30.
  public NdjsonDecoder(int lineBytesMax) {
    this.lineBytesMax = Limits.checked("lineBytesMax", lineBytesMax);
  }

  /// Decodes the bytes from (inclusive) to (exclusive).
  ///
  /// @throws FrameTooLargeException if a line is larger than allowed
  public void feed(byte[] chunk, int from, int to, LineSink sink) {
    int start = from;
    for (int i = from; i < to; i++) {
      if (chunk[i] != '\n') {
        continue;
      }
      if (partial.isEmpty()) {
        check(i - start);
        emit(chunk, start, i, sink);
      } else {
        keep(chunk, start, i);
        emitPartial(sink);
      }
      start = i + 1;
    }
    keep(chunk, start, to);
  }

  /// Ends the stream: a last line without its end is handed on.
  public void end(LineSink sink) {
    emitPartial(sink);
  }

  private void keep(byte[] chunk, int from, int to) {
    if (from < to) {
      check((long) partial.size() + (to - from));
      partial.put(chunk, from, to);
    }
  }

  private void check(long bytes) {
    // One byte more is a carriage return at most, which is no part of the line.
    if (bytes > lineBytesMax + 1L) {
      throw new FrameTooLargeException("line", lineBytesMax);
    }
  }

  private void emitPartial(LineSink sink) {
    byte[] line = partial.array();
    int size = partial.size();
    partial.handOver();
    emit(line, 0, size, sink);
  }

  private void emit(byte[] line, int from, int to, LineSink sink) {
    int end = to > from && line[to - 1] == '\r' ? to - 1 : to;
    if (end - from > lineBytesMax) {
      throw new FrameTooLargeException("line", lineBytesMax);
    }
    for (int i = from; i < end; i++) {
      if (line[i] != ' ' && line[i] != '\t') {
        sink.line(line, from, end);
        return;
      }
    }
  }
}
