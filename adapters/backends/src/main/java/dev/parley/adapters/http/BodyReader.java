package dev.parley.adapters.http;

import com.linecorp.armeria.common.ResponseHeaders;

/**
 * Turns the bytes of one answer into events. One per exchange, called on its event loop only. Fails
 * by throwing a {@link dev.parley.core.error.HubException}.
 *
 * @param <E> the events of the answer
 */
public interface BodyReader<E> {

  /** The backend accepted the call and says what it answers with. */
  void opened(ResponseHeaders head, Sink<E> sink);

  /** Takes the next bytes; the array is the reader's to keep. */
  void read(byte[] bytes, int from, int to, Sink<E> sink);

  /** The body ended. Must call {@link Sink#complete} or throw. */
  void end(Sink<E> sink);

  /** Where a reader puts what it found. */
  interface Sink<E> {

    /** Passes an event on. */
    void event(E event);

    /** The answer is whole, but its end mark or token counts may still come: wait a little. */
    void nearlyComplete();

    /** The answer's own end mark was seen. */
    void complete();
  }
}
