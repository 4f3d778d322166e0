package dev.parley.hub.bench.fake;

/**
 * A server of OpenAI's speech route on loopback, HTTP/1.1 only, one event loop. The model's name
 * says how it speaks:
 *
 * <ul>
 *   <li>{@code …paced}: 16-bit samples at 24 kHz in pieces of 20 ms at five times real time, the
 *       first piece after 50 ms; as bytes or, when {@code stream_format} is {@code sse}, as events;
 *   <li>{@code whole-c2-500}: a WAV file of the whole text 500 ms after it was begun, two at a
 *       time.
 * </ul>
 *
 * A character is 60 ms of a tone without silence. {@code GET /left} tells who went away in the
 * middle of paced speech: lines of the first number in the text and the nanosecond of the machine's
 * monotonic clock at which the connection was seen closed.
 */
public final class FakeSpeech implements AutoCloseable {

  /** Length of a piece of paced speech, in milliseconds of sound. */
  public static final int PIECE_MILLIS = 20;

  /** From the request to the first piece. */
  public static final int FIRST_MILLIS = 50;

  /** Between two pieces. */
  public static final int GAP_MILLIS = 4;

  /** Of the samples, in Hz. */
  public static final int RATE_HZ = 24_000;

  private static final int CHARACTER_MILLIS = 60;

  private final SpokenDesks desks = new SpokenDesks();
  private final Farewells farewells = new Farewells();
  private final Listener listener;

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   */
  public FakeSpeech(int port) {
    this.listener = new Listener(port, () -> new SpeechConnection(desks, farewells));
  }

  /** How many pieces a text makes. */
  public static int pieces(int characters) {
    return characters * CHARACTER_MILLIS / PIECE_MILLIS;
  }

  /** Length of the sound of a text. */
  public static double seconds(String text) {
    return pieces(text.length()) * PIECE_MILLIS / 1e3;
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
