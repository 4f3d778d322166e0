package dev.parley.core.framing;

/// Takes the events of one stream, in order, on the thread that feeds the decoder. It must not feed
/// that decoder.
@FunctionalInterface
public interface SseSink {
  void event(SseEvent event);
}
