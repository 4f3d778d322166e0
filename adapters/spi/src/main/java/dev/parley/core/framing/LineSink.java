package dev.parley.core.framing;

/// Takes the lines of one stream, in order, on the thread that feeds the decoder. It must not feed
/// that decoder.
@FunctionalInterface
public interface LineSink {

  /// One line without its end: the bytes from (inclusive) to (exclusive), which stay as they are
  /// and may be kept.
  void line(byte[] data, int from, int to);
}
