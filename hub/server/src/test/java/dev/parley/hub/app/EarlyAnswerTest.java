package dev.parley.hub.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.BackendTypes;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.ConfigReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A caller of HTTP/2 who is answered before all was said gets the answer and no reset beside it:
 * libraries of gRPC take a reset for the caller's own and tell it instead of the status.
 */
@Timeout(60)
class EarlyAnswerTest {

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;

  private static final String BEGIN =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(SETTINGS, 0, 0, "");

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static Hub hub;

  private record Frame(int type, int flags, int stream) {

    boolean endsStream() {
      return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }
  }

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    hub =
        new Hub(
            ConfigReader.parse(
                "server: { port: 0, drain_timeout: 0s, request_bytes_max: 64KiB }",
                "test",
                BackendTypes.NAMES,
                _ -> null),
            Places.in(data),
            Clock.system());
    hub.start().join();
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Test
  void refusedStreamOfCallsEndsWithItsStatusOnly() throws Exception {
    // One message of no bytes, which has none of the members that a request must have.
    assertAnswered("/parley.v1.SpeechService/StreamingRecognize", "application/grpc", "\0\0\0\0\0");
  }

  /** The message of a call that has one is collected up to its bound only. */
  @Test
  void messageThatIsTooLongIsRefusedBeforeItsEnd() throws Exception {
    assertAnswered(
        "/parley.v1.ChatService/Complete",
        "application/grpc",
        "\0@\0\0\0" + "x".repeat(15_000),
        "x".repeat(16_000),
        "x".repeat(16_000),
        "x".repeat(16_000),
        "x".repeat(4_000));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, application/json",
    "/v1/audio/transcriptions, text/plain",
    "/api/nothing, application/json",
  })
  void refusedBodyIsNotReset(String path, String type) throws Exception {
    assertAnswered(path, type, "x".repeat(15_000));
  }

  private static void assertAnswered(String path, String type, String... body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
      socket.setSoTimeout(10_000);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      String head =
          "\u0083\u0086" // POST, http
              + literal(4, path)
              + literal(1, "x")
              + literal(31, type)
              + literal(28, "200000")
              + "\u0000"
              + string("te")
              + string("trailers");
      StringBuilder begin = new StringBuilder(BEGIN).append(frame(HEADERS, END_HEADERS, 1, head));
      for (String part : body) {
        begin.append(frame(DATA, 0, 1, part));
      }
      socket.getOutputStream().write(begin.toString().getBytes(ISO_8859_1));
      List<Frame> seen = until(in, Frame::endsStream);
      socket.getOutputStream().write(frame(PING, 0, 0, "12345678").getBytes(ISO_8859_1));
      seen.addAll(until(in, EarlyAnswerTest::isPong));
      assertThat(seen).extracting(Frame::type).contains(HEADERS).doesNotContain(RESET);
    }
  }

  private static boolean isPong(Frame frame) {
    return frame.type() == PING && (frame.flags() & ACK) != 0;
  }

  private static List<Frame> until(DataInputStream in, Predicate<Frame> last) throws IOException {
    List<Frame> seen = new ArrayList<>();
    do {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      seen.add(new Frame(in.readUnsignedByte(), in.readUnsignedByte(), in.readInt()));
      in.skipNBytes(length);
    } while (!last.test(seen.getLast()));
    return seen;
  }

  @Test
  void connectionOutlivesThousandsThatGiveUp() throws IOException {
    StringBuilder calls = new StringBuilder(BEGIN);
    for (int stream = 1; stream < 4_000; stream += 2) {
      calls
          .append(
              frame(
                  HEADERS, END_HEADERS, stream, "\u0083\u0086" + literal(4, "/") + literal(1, "x")))
          .append(frame(RESET, 0, stream, "\0\0\0\u0008"));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
      socket.setSoTimeout(10_000);
      calls.append(frame(PING, 0, 0, "12345678"));
      socket.getOutputStream().write(calls.toString().getBytes(ISO_8859_1));
      assertThat(until(new DataInputStream(socket.getInputStream()), EarlyAnswerTest::isPong))
          .isNotEmpty();
    }
  }

  /** A field whose name is in the table of HPACK, without keeping it there. */
  private static String literal(int name, String value) {
    return (name < 15 ? "" + (char) name : "\u000f" + (char) (name - 15)) + string(value);
  }

  private static String string(String value) {
    return (char) value.length() + value;
  }

  private static String frame(int type, int flags, int stream, String payload) {
    int length = payload.length();
    return ""
        + (char) (length >> 16)
        + (char) (length >> 8 & 0xff)
        + (char) (length & 0xff)
        + (char) type
        + (char) flags
        + "\0\0"
        + (char) (stream >> 8)
        + (char) (stream & 0xff)
        + payload;
  }
}
