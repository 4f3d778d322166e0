package dev.parley.adapters.http;

import dev.parley.core.model.DocumentEvent;

/**
 * Turns the bytes of one answer into events. One per exchange, called on its event loop only. Fails
 * by throwing a {@link dev.parley.core.error.HubException}.
 */
public interface BodyReader {

  /** The backend accepted the call and says what it answers with; empty when it does not say. */
  default void opened(String contentType) {}

  /** Takes the next bytes; the array is the reader's to keep. */
  void read(byte[] bytes, int from, int to, Sink sink);

  /** The body ended. Must call {@link Sink#complete} or throw. */
  void end(Sink sink);

  /** Where a reader puts what it found. */
  interface Sink {

    /** Passes an event on. */
    void event(DocumentEvent event);

    /** The answer is whole, but its end mark or token counts may still come: wait a little. */
    void nearlyComplete();

    /** The answer's own end mark was seen. */
    void complete();
  }
}
