package dev.parley.hub.bench.chaos;

import dev.parley.hub.bench.http.MessageReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One connection of the hub to a backend: a request, its answer or what is left of it, the next.
 */
final class Conversation implements MessageReader.Sink {

  private static final int BODY_BYTES_MAX = 4 << 20;
  private static final int SLOW_MILLIS_MIN = 300;
  private static final int SLOW_MILLIS_SPAN = 1_200;

  /** More than the hub puts up with. */
  private static final int BROKEN_EVENTS = 40;

  /** Longer than every limit of the hub: who is still there then has forgotten this connection. */
  private static final int FORGOTTEN_MILLIS = 2 * SoakConfig.TOTAL_MILLIS;

  private static final int NOT_HTTP = 400;

  private final Socket socket;
  private final ChaosBackend backend;
  private final Counts counts;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final long openedNanos = System.nanoTime();
  private volatile String last = "nothing yet";
  private String path = "";
  private boolean over;

  Conversation(Socket socket, ChaosBackend backend, Counts counts) {
    this.socket = socket;
    this.backend = backend;
    this.counts = counts;
  }

  /** For whoever wonders why it is still there. */
  String told() {
    long seconds = (System.nanoTime() - openedNanos) / 1_000_000_000;
    return "connection to port %d, open for %d s, last asked: %s"
        .formatted(socket.getLocalPort(), seconds, last);
  }

  void run() {
    MessageReader reader = new MessageReader(this);
    byte[] bytes = new byte[8 * 1024];
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      for (int n = in.read(bytes); n >= 0 && !over; n = over ? -1 : in.read(bytes)) {
        reader.feed(bytes, 0, n);
      }
    } catch (IOException | UncheckedIOException _) {
      // The hub went away, or the backend did: the conversation is over.
    }
  }

  @Override
  public void head(byte[] bytes, int length) {
    body.reset();
    String head = new String(bytes, 0, length, StandardCharsets.US_ASCII);
    path = head.split(" ", 3)[1];
  }

  @Override
  public void body(byte[] bytes, int from, int to) {
    if (body.size() + to - from > BODY_BYTES_MAX) {
      throw new UncheckedIOException(new IOException("a request that no caller makes"));
    }
    body.write(bytes, from, to - from);
  }

  @Override
  public void end() {
    last = path + " while " + backend.condition();
    try {
      if (path.endsWith("/completions") || path.endsWith("/embeddings")) {
        answer();
      } else if (path.equals("*")) {
        send(Script.refusal(NOT_HTTP, "", "HTTP/1.1 only"));
        over = true;
      } else {
        tellHealth();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      over = true;
    }
  }

  /** As a process that is broken in this way answers questions for its health. */
  private void tellHealth() throws IOException {
    switch (backend.condition()) {
      case ERROR_500 -> send(Script.refusal(500, "", "broken"));
      case BUSY_503, BUSY_503_AFTER -> send(Script.refusal(503, "", "busy"));
      case LIMITED_429 -> send(Script.refusal(429, "", "too many"));
      case RESET_EARLY, REFUSED -> reset();
      case SILENT -> awaitLeaving();
      case HEALTHY, SLOW, RESET_MIDWAY, STALLED, GARBAGE, TRUNCATED, ERROR_INSIDE, UNFINISHED ->
          send(Script.wellbeing());
    }
  }

  private void answer() throws IOException, InterruptedException {
    counts.begun();
    try {
      Question question = Question.parse(path, body.toByteArray());
      if (Truth.of(question.number()).text().startsWith(question.prefix())) {
        play(question, backend.condition());
      } else {
        counts.misunderstood();
        send(Script.refusal(NOT_HTTP, "", "nobody said that"));
      }
    } catch (IllegalArgumentException e) {
      counts.misunderstood();
      send(Script.refusal(NOT_HTTP, "", "nobody asks that"));
    } finally {
      counts.ended();
    }
  }

  private void play(Question question, Condition condition)
      throws IOException, InterruptedException {
    int lot = Mix.below(Integer.MAX_VALUE, question.number(), question.prefix().length() - 100L);
    switch (condition) {
      case HEALTHY -> well(question);
      case SLOW -> {
        Thread.sleep(SLOW_MILLIS_MIN + lot % SLOW_MILLIS_SPAN);
        well(question);
      }
      case ERROR_500 -> send(Script.refusal(500, "", "broken"));
      case BUSY_503 -> send(Script.refusal(503, "", "busy"));
      case BUSY_503_AFTER -> send(Script.refusal(503, "retry-after: 1\r\n", "busy"));
      case LIMITED_429 -> send(Script.refusal(429, "retry-after: 1\r\n", "too many"));
      case REFUSED, RESET_EARLY -> reset();
      case SILENT -> awaitLeaving();
      case RESET_MIDWAY -> {
        begin(question, lot);
        reset();
      }
      case STALLED -> {
        begin(question, lot);
        awaitLeaving();
      }
      case TRUNCATED -> {
        begin(question, lot);
        over = true;
      }
      case GARBAGE -> {
        if (question.stream() && lot % 2 == 0) {
          send(Script.brokenEvents(BROKEN_EVENTS));
        } else {
          send("\0\1\2 this is no HTTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          over = true;
        }
      }
      case ERROR_INSIDE -> {
        if (question.stream()) {
          begin(question, lot);
          send(Script.errorEvent());
        } else {
          send(Script.errorInSuccess());
        }
      }
      case UNFINISHED -> {
        if (question.stream()) {
          begin(question, lot);
          send(Script.earlyEnd());
        } else {
          send(Script.halfBody());
        }
      }
    }
  }

  private void well(Question question) throws IOException, InterruptedException {
    List<byte[]> pieces = Script.of(question).pieces();
    play(question, pieces);
  }

  /** The head and some of what follows, never all. */
  private void begin(Question question, int lot) throws IOException, InterruptedException {
    Script script = Script.of(question);
    play(question, script.pieces().subList(0, 1 + lot % script.cuttable()));
  }

  private void play(Question question, List<byte[]> pieces)
      throws IOException, InterruptedException {
    Truth truth = Truth.of(question.number());
    Thread.sleep(truth.firstMillis());
    for (byte[] piece : pieces) {
      send(piece);
      if (question.stream() && truth.gapMillis() > 0) {
        Thread.sleep(truth.gapMillis());
      }
    }
  }

  private void send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  private void reset() {
    over = true;
    Sockets.reset(socket);
  }

  /** Says nothing more until the hub ends the connection. */
  private void awaitLeaving() throws IOException {
    over = true;
    socket.setSoTimeout(FORGOTTEN_MILLIS);
    try {
      if (socket.getInputStream().read() >= 0) {
        counts.misunderstood();
      }
    } catch (SocketTimeoutException _) {
      counts.kept();
    }
  }
}
