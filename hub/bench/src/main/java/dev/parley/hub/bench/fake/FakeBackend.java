package dev.parley.hub.bench.fake;

/**
 * A server of the OpenAI dialect on loopback, HTTP/1.1 only, one event loop: {@code POST
 * /v1/chat/completions}, {@code GET /v1/models}, {@code GET /health}. A request with {@code
 * "stream":true} gets {@code x_deltas} deltas (default 16), one each {@code x_gap_ms} milliseconds,
 * or as fast as the reader takes them when that is 0 or absent.
 */
public final class FakeBackend implements AutoCloseable {

  private final Listener listener;

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   */
  public FakeBackend(int port) {
    this.listener = new Listener(port, FakeConnection::new);
  }

  /** The port it listens on. */
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
  }
}
