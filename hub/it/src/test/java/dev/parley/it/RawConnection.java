package dev.parley.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A socket to the hub for what no HTTP client says, and for seeing how an answer really ends. */
final class RawConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 15_000;

  private final Socket socket;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();

  RawConnection(HubUnderTest hub) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), hub.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  static String head(String path, int length, String... headers) {
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nhost: hub\r\n");
    head.append("content-type: application/json\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    return head.append("content-length: ").append(length).append("\r\n\r\n").toString();
  }

  RawConnection send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
    return this;
  }

  RawConnection post(String path, String body, String... headers) throws IOException {
    return send(head(path, body.getBytes(UTF_8).length, headers) + body);
  }

  /** Reads until this was seen; everything read so far, bytes as Latin-1 characters. */
  String until(String mark) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8192];
    while (!text().contains(mark)) {
      int got = in.read(buffer);
      if (got < 0) {
        throw new IOException("closed before " + mark + ": " + text());
      }
      read.write(buffer, 0, got);
    }
    return text();
  }

  /** Reads until the hub closes or resets the connection. */
  String untilClosed() throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8192];
    try {
      int got;
      while ((got = in.read(buffer)) >= 0) {
        read.write(buffer, 0, got);
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new IOException("still open; read so far: " + text(), e);
    } catch (IOException e) {
      // A reset is an end, too.
    }
    return text();
  }

  /** Drops what comes, up to so many bytes. */
  long drain(long bytes) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    int got;
    while (total < bytes && (got = in.read(buffer)) >= 0) {
      total += got;
    }
    return total;
  }

  private String text() {
    return read.toString(ISO_8859_1);
  }

  /** Goes away with a RST, as a process that is killed with unread data does. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
