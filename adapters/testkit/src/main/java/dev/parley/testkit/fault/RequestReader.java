package dev.parley.testkit.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads one HTTP/1.1 request off a socket without understanding more of it than where it ends. */
final class RequestReader {
  private static final int MAX_HEAD_BYTES = 64 << 10;
  private static final int MAX_KEPT_BYTES = 1 << 20;
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length:\\s*(\\d{1,18})");

  private final InputStream in;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();

  RequestReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads to the blank line after the headers; the head in lower case, or what came before the
   * caller closed.
   */
  String head() throws IOException {
    while (read.size() < MAX_HEAD_BYTES && !text().endsWith("\r\n\r\n")) {
      var next = in.read();
      if (next < 0) {
        break;
      }
      read.write(next);
    }
    return text().toLowerCase(Locale.ROOT);
  }

  /** Reads head and body. */
  void request() throws IOException {
    var head = head();
    var length = LENGTH.matcher(head);
    if (length.find()) {
      skip(Long.parseLong(length.group(1)));
    } else if (head.contains("transfer-encoding: chunked")) {
      chunks();
    }
  }

  /** What was read so far, at most 1 MiB of it. */
  String text() {
    return read.toString(ISO_8859_1);
  }

  private void chunks() throws IOException {
    long size;
    do {
      size = Long.parseLong(line(), 16);
      skip(size);
      line();
    } while (size > 0);
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    int next;
    while ((next = in.read()) >= 0 && next != '\n') {
      if (line.length() > MAX_HEAD_BYTES) {
        throw new IOException("a chunk's size line does not end");
      }
      line.append((char) next);
    }
    if (next < 0) {
      throw new IOException("the caller closed within its body");
    }
    return line.toString().strip();
  }

  private void skip(long bytes) throws IOException {
    var buffer = new byte[8192];
    while (bytes > 0) {
      var got = in.read(buffer, 0, (int) Math.min(buffer.length, bytes));
      if (got < 0) {
        return;
      }
      read.write(buffer, 0, Math.max(0, Math.min(got, MAX_KEPT_BYTES - read.size())));
      bytes -= got;
    }
  }
}
