package dev.parley.hub.bench.fake;

/**
 * The service around faster-whisper on loopback, HTTP/1.1 only, one event loop. It hears a word
 * every 300 ms of what would be 16-bit samples at 16 kHz, always the same words in the same order,
 * and at most forty. {@code GET /heard} tells which requests came since it was asked last: lines of
 * the request's id, the nanoseconds of the machine's monotonic clock at which its head and the last
 * byte of its body were there, and the length of the body.
 */
public final class FakeRecognizer implements AutoCloseable {

  private final Arrivals arrivals = new Arrivals();
  private final Listener listener;

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   * @param delayMillis from the last byte of a request to its answer
   */
  public FakeRecognizer(int port, long delayMillis) {
    this.listener = new Listener(port, () -> new RecognizerConnection(arrivals, delayMillis));
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
