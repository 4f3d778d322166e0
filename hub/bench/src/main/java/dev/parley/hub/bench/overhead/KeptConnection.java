package dev.parley.hub.bench.overhead;

import dev.parley.core.time.Clock;
import dev.parley.hub.bench.process.BenchFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection that makes one call after the other; adds as little as possible itself. */
final class KeptConnection implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int HEAD_CHARS_MAX = 32_768;
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;
  private final byte[] request;
  private final Clock clock;

  KeptConnection(int port, Clock clock) {
    this.clock = clock;
    byte[] body =
        "{\"model\":\"bench\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
            .getBytes(StandardCharsets.US_ASCII);
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\n"
            + "content-type: application/json\r\ncontent-length: "
            + body.length
            + "\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    request = new byte[start.length + body.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new BenchFailure("no connection to port " + port + ": " + e.getMessage(), e);
    }
  }

  /** Nanoseconds from the first byte sent to the last one read. */
  long call() {
    try {
      long start = clock.nanoTime();
      socket.getOutputStream().write(request);
      String head = head();
      if (!head.startsWith("http/1.1 200")) {
        throw new BenchFailure("a call failed: " + head.lines().findFirst().orElse(""));
      }
      int at = head.indexOf(LENGTH);
      if (at < 0) {
        throw new BenchFailure("an answer without its length");
      }
      String length = head.substring(at + LENGTH.length(), head.indexOf('\r', at)).strip();
      in.skipNBytes(Long.parseLong(length));
      return clock.nanoTime() - start;
    } catch (IOException e) {
      throw new BenchFailure("a call broke off: " + e.getMessage(), e);
    }
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder(512);
    int last = 0;
    while (last != 4) {
      int next = in.read();
      if (next < 0 || head.length() > HEAD_CHARS_MAX) {
        throw new IOException("no whole head");
      }
      head.append((char) next);
      boolean expected = next == (last % 2 == 0 ? '\r' : '\n');
      last = expected ? last + 1 : next == '\r' ? 1 : 0;
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new BenchFailure("a connection cannot be closed: " + e.getMessage(), e);
    }
  }
}
