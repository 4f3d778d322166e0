package dev.parley.hub.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.adapters.BackendTypes;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.ConfigReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Whatever strangers write to the port, it is refused cheaply, and whoever comes next is served.
 */
@Timeout(60)
class BadHeadTest {

  private static final Duration DRIP = Duration.ofMillis(20);

  /**
   * Only for a hub that would never answer; a busy machine takes seconds for thousands of requests.
   */
  private static final int PATIENCE_MILLIS = 30_000;

  /** More than the sockets between a caller and the hub hold. */
  private static final int UNREAD_BYTES = 8 << 20;

  /** An answer that says so may be followed by a while in which the hub listens to nothing. */
  private static final Pattern FAREWELL =
      Pattern.compile("HTTP/1\\.1 [^\u0000]*connection: close[^\u0000]*\r\n\r\n.");

  private static final int CALLERS = 30;
  private static final String GET = "GET /healthz HTTP/1.1\r\nhost: hub\r\n";
  private static final String POST =
      "POST /v1/chat/completions HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\n";

  /** Of HTTP/2: :method GET, :scheme http, :path /healthz, :authority x. */
  private static final String HEALTHZ = "\u0082\u0086D\u0008/healthzA\u0001x";

  private static final String METRICS = "\u0082\u0086D\u0008/metricsA\u0001x";

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private static final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private static final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private static final Logger calls = (Logger) LoggerFactory.getLogger("parley.calls");
  private static final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static Hub hub;

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    String text =
        "server: { port: 0, drain_timeout: 0s, head_timeout: 1s, connections_per_address_max: 50 }";
    hub =
        new Hub(
            ConfigReader.parse(text, "test", BackendTypes.NAMES, _ -> null),
            Places.in(data),
            Clock.system());
    hub.start().join();
    // Others write while the test reads.
    log.list = new CopyOnWriteArrayList<>();
    lines.list = new CopyOnWriteArrayList<>();
    log.start();
    root.addAppender(log);
    calls.addAppender(lines);
    lines.start();
  }

  @AfterAll
  static void stop() {
    root.detachAppender(log);
    calls.detachAppender(lines);
    hub.close();
  }

  @AfterEach
  void servesTheNextAndLoggedNothingStrange() throws IOException {
    assertThat(first(GET + "\r\n")).startsWith("HTTP/1.1 200 ");
    for (ILoggingEvent event : List.copyOf(log.list)) {
      assertThat(event.getLevel().isGreaterOrEqual(Level.WARN)).as("%s", event).isFalse();
      assertThat(event.getThrowableProxy()).as("%s", event).isNull();
      assertThat(event.getFormattedMessage()).doesNotContain("\r", "\n", "\u001b", "\u009b");
    }
    log.list.clear();
    assertThat(List.copyOf(lines.list))
        .extracting(ILoggingEvent::getFormattedMessage)
        // Whole and in one line, and no control character of either set in it.
        .allMatch(line -> line.startsWith("{") && line.endsWith("}"))
        .noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
    lines.list.clear();
  }

  private static Socket open() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /**
   * Everything that comes until the hub hangs up, or said that it will; bytes as Latin-1
   * characters.
   */
  private static String answer(String request) throws IOException {
    try (Socket socket = open()) {
      send(socket, request);
      return rest(socket);
    }
  }

  /** What comes first: the hub waits for more requests then, and nobody waits for it. */
  private static String first(String request) throws IOException {
    try (Socket socket = open()) {
      send(socket, request);
      byte[] buffer = new byte[8192];
      int got = socket.getInputStream().read(buffer);
      return new String(buffer, 0, Math.max(0, got), ISO_8859_1);
    }
  }

  private static void send(Socket socket, String bytes) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes.getBytes(ISO_8859_1));
      out.flush();
    } catch (IOException e) {
      // Hung up meanwhile: an answer may still be there.
    }
  }

  private static String rest(Socket socket) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8192];
    try {
      int got;
      while (!FAREWELL.matcher(read.toString(ISO_8859_1)).find() && (got = in.read(buffer)) >= 0) {
        read.write(buffer, 0, got);
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("still open: " + read.toString(ISO_8859_1), e);
    } catch (IOException e) {
      // A reset is an end, too.
    }
    return read.toString(ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        POST
            + "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        POST + "content-length: 5\r\ncontent-length: 6\r\n\r\n{}{}{}",
        POST + "content-length: +5\r\n\r\n{}   ",
        POST + "content-length: -1\r\n\r\n",
        POST + "content-length: 99999999999999999999\r\n\r\n",
        POST + "transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        POST + "transfer-encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
        POST + "transfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        POST + "transfer-encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        POST + "transfer-encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        POST + "content-length : 2\r\n\r\n{}",
        GET + "x-a: a\u0000b\r\n\r\n",
        GET + "x\u0000a: b\r\n\r\n",
        GET + ": nameless\r\n\r\n",
        GET + "x-a: \u001b[31mred\u009b\r\n\r\n",
        GET + "x-a: a\rb: c\r\n\r\n",
        GET + "x-a: b\r\n c\r\n\r\n",
        GET + "x-a: b\r\n\tcontent-length: 5\r\n\r\n",
        GET + "x-a: b\r\n \r\n\r\n",
        GET + " x-a: b\r\n\r\n",
        POST + "content-length:\r\n 2\r\n\r\n{}",
        POST + "transfer-encoding:\r\n chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "\r\nGET /healthz HTTP/1.1\r\n host: hub\r\n\r\n",
        " GET /healthz HTTP/1.1\r\nhost: hub\r\n\r\n",
        "GET  /healthz HTTP/1.1\r\nhost: hub\r\n\r\n",
        "GET /healthz  HTTP/1.1\r\nhost: hub\r\n\r\n",
        "GET /healthz HTTP/1.1 \r\nhost: hub\r\n\r\n",
        "GET\t/healthz HTTP/1.1\r\nhost: hub\r\n\r\n",
        "GET\r/healthz HTTP/1.1\r\nhost: hub\r\n\r\n",
        "GET /healthz\u000bHTTP/1.1\r\nhost: hub\r\n\r\n",
        "GET /healthz HTTP/9.9\r\nhost: hub\r\n\r\n",
        "GET /healthz HTTP/1.11\r\nhost: hub\r\n\r\n",
        "GET /healthz http/1.1\r\nhost: hub\r\n\r\n",
        "GET /healthz\r\n\r\n",
        "GET /healthz HTTP/1.1\nhost: hub\n\n",
        "GET /\u001b[31m\u0000 HTTP/1.1\r\nhost: hub\r\n\r\n",
        "GET healthz HTTP/1.1\r\nhost: hub\r\n\r\n",
        "GET http://[::1/ HTTP/1.1\r\nhost: hub\r\n\r\n",
        "CONNECT hub:1 HTTP/1.1\r\nhost: hub\r\n\r\n",
        "BREW /healthz HTTP/1.1\r\nhost: hub\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003garbage",
        "\u0000\u0001\u0002\u0003\r\n\r\n",
        GET + "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: \u00ff\r\n\r\n",
        GET + "connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: !!!\r\n\r\n",
        PREFACE + "not a frame at all, not a frame at all",
        PREFACE + "\u00ff\u00ff\u00ff\u0001\u0004\u0000\u0000\u0000\u0001",
      })
  void refusesAndHangsUp(String bytes) throws IOException {
    String answer = answer(bytes);
    assertThat(answer).doesNotContain("\tat ", "Exception");
    if (!bytes.startsWith(PREFACE)) {
      assertThat(answer).matches("(?s)HTTP/1\\.1 4(00|05) .*");
    }
  }

  /** Each in front of a head with a folded line: what they are must not hide it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        GET + "\r\n",
        "\r\n\r\n" + GET + "\r\n",
        POST + "content-length: 2\r\n\r\n{}",
        POST + "content-length: 0\r\n\r\n",
        POST + "content-length: 6\r\n\r\n\r\n\r\n\r\n",
        POST + "transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        POST + "transfer-encoding: chunked\r\n\r\n8\r\n{}\r\n\r\n\n\n\r\n0;x=y\r\nx: y\r\n\r\n",
      })
  void findsAFoldedLineBehindOtherRequestsHoweverTheBytesAreCut(String first) throws Exception {
    String folded = GET + "x-a: b\r\n c\r\n\r\n" + GET + "\r\n";
    String all = first + folded;
    List<Future<List<String>>> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int cut = 0; cut <= all.length(); cut += 1 + all.length() / CALLERS) {
        int here = cut;
        answers.add(
            callers.submit(() -> {
              try (Socket socket = open()) {
                send(socket, all.substring(0, here));
                send(socket, all.substring(here));
                return statuses(rest(socket));
              }
            }));
      }
    }
    for (Future<List<String>> answer : answers) {
      assertThat(answer.get()).hasSize(2).endsWith("400");
    }
  }

  private static List<String> statuses(String answers) {
    return Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ")
        .matcher(answers)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void leavesSpacesAloneThatFoldNothing() throws IOException {
    String body = "{ }\r\n \r\n\t\r\n";
    String answers =
        answer(
            POST
                + "content-length: "
                + body.length()
                + "\r\n\r\n"
                + body
                + POST
                + "transfer-encoding: chunked\r\n\r\nb\r\n"
                + body
                + "\r\n0\r\n\r\n"
                + GET
                + "x-a: b  c \t \r\nconnection: close\r\n\r\n");
    assertThat(statuses(answers)).hasSize(3).endsWith("200");
  }

  @Test
  void refusesHeadsThatAreTooLarge() throws IOException {
    assertThat(answer(GET + "x-a: " + "a".repeat(40_000) + "\r\n\r\n")).startsWith("HTTP/1.1 431 ");
    assertThat(answer(GET + "x: y\r\n".repeat(10_000) + "\r\n")).startsWith("HTTP/1.1 431 ");
    assertThat(answer("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nhost: hub\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%2e%2e/healthz",
        "/../healthz",
        "/a/..;/healthz",
        "//healthz",
        "/healthz%00",
        "/healthz;a=b",
        "/%2Fhealthz",
        "/%ff%fe",
        "/v1/models/%0d%0aset-cookie:x",
        "/?%ff=%00"
      })
  void servesNothingUnderPathsThatAreWrittenToDeceive(String path) throws IOException {
    String answer = answer("GET " + path + " HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1\\.1 40[04] .*").doesNotContain("\r\nset-cookie");
  }

  @Test
  void cutsWhoeverDoesNotComeToTheEndOfTheHead() throws Exception {
    try (Socket silent = open();
        Socket slow = open()) {
      Thread dripping = drip(slow, GET + "x-a: " + "a".repeat(10_000));
      assertThat(rest(silent)).isEmpty();
      assertThat(rest(slow)).isEmpty();
      dripping.interrupt();
      dripping.join();
    }
  }

  @Test
  void cutsWhoeverDripsTheSecondHead() throws Exception {
    try (Socket socket = open()) {
      send(socket, GET + "\r\n");
      Thread dripping = drip(socket, GET + "x-a: " + "a".repeat(10_000));
      assertThat(rest(socket)).startsWith("HTTP/1.1 200 ").hasSizeLessThan(1_000);
      dripping.interrupt();
      dripping.join();
    }
  }

  /** A byte every 20 ms, as long as somebody takes it. */
  private static Thread drip(Socket socket, String bytes) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            for (int i = 0; i < bytes.length() && !socket.isClosed(); i++) {
              socket.getOutputStream().write(bytes.charAt(i));
              Thread.sleep(DRIP);
            }
          } catch (IOException | InterruptedException e) {
            // Cut, or no longer wanted.
          }
        });
  }

  @Test
  void boundsTheConnectionsOfOneAddress() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        open.add(open());
      }
      // Those that are too many are closed at once, the others only when no head came in time.
      assertThat(rest(open.getLast())).isEmpty();
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    awaitRoom();
  }

  /** Until the closed ones were seen to be closed. */
  private static void awaitRoom() throws IOException {
    String answer;
    do {
      answer = answer(GET + "connection: close\r\n\r\n");
    } while (answer.isEmpty());
  }

  @Test
  void hangsUpOnAFloodOfResets() throws IOException {
    StringBuilder flood = new StringBuilder(PREFACE).append(frame(0, 4, 0, 0, ""));
    // :method GET, :scheme http, :path /, :authority x
    String head = "\u0082\u0086\u0084A\u0001x";
    for (int stream = 1; stream < 16_000; stream += 2) {
      flood
          .append(frame(head.length(), 1, 5, stream, head))
          .append(frame(4, 3, 0, stream, "\0\0\0\b"));
    }
    assertThat(answer(flood.toString())).isNotEmpty();
  }

  @Test
  void hangsUpOnAnEndlessHead() throws IOException {
    StringBuilder flood = new StringBuilder(PREFACE).append(frame(0, 4, 0, 0, ""));
    flood.append(frame(1, 1, 0, 1, "\u0082"));
    String more = "\u0000\u0001a\u007f\u0081\u001f" + "b".repeat(4_096 - 6);
    for (int i = 0; i < 200; i++) {
      flood.append(frame(more.length(), 9, 0, 1, more));
    }
    assertThat(answer(flood.toString())).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {9_000, 100_000, 1_000_000})
  void refusesHugeChunkExtensions(int size) throws IOException {
    String start = POST + "transfer-encoding: chunked\r\n\r\n2;x=";
    assertThat(answer(start + "a".repeat(size) + "\r\n{}\r\n0\r\n\r\n"))
        .matches("(?s)HTTP/1\\.1 4.*");
  }

  @Test
  void refusesAKeyOfAMegabyte() throws IOException {
    String key = "authorization: Bearer " + "a".repeat(1 << 20) + "\r\n\r\n";
    assertThat(answer(GET + key)).startsWith("HTTP/1.1 431 ");
  }

  /** Bytes that are no UTF-8, and those that steer a terminal. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization: Bearer \u00ff\u00fe",
        "x-api-key: \u00c3(\u009b31m",
        "user-agent: \u00c3(\u009b31m\u0085",
        "x-request-id: \u009b\u00ff\"",
        "x-parley-priority: \u009b\u00ff",
        "x-parley-privacy: \u0085{}",
        "x-parley-timeout-ms: \u00b2\u00b3",
        "x-parley-\u009b: a",
        "traceparent: 00-\u009b-\u0085-01",
        "forwarded: for=\"\u009b\"",
        "x-forwarded-for: \u009b31m, ::ffff:\u0085",
      })
  void survivesHeadersThatAreNoText(String header) throws IOException {
    String body = "{\"model\":\"\u00ff\u009b\",\"messages\":[]}";
    String answer =
        answer(
            POST
                + header
                + "\r\nconnection: close\r\ncontent-length: "
                + body.length()
                + "\r\n\r\n"
                + body);
    assertThat(answer).matches("(?s)HTTP/1\\.1 4.*").doesNotContain("\u009b", "\u0085");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"\u00ff\u00fe\",\"messages\":[]}",
        "{\"model\":\"a\\nb\\u001b[31m\\u009b\\u2028\",\"messages\":[]}",
        "{\"\u00c3(\":1}",
        "\u00ed\u00a0\u0080",
        "\u00ff\u00fe{\u0000}\u0000",
      })
  void refusesBodiesThatAreNoTextAndTellsNothingOfThemRaw(String body) throws IOException {
    String head = POST + "connection: close\r\ncontent-length: " + body.length() + "\r\n\r\n";
    assertThat(answer(head + body))
        .matches("(?s)HTTP/1\\.1 4.*")
        .doesNotContain("\u001b", "\u009b", "\u0000");
  }

  /**
   * Each asks for an answer, which the caller never reads. Large answers come first: what the
   * sockets hold would be a hundred thousand of the small ones.
   */
  @ParameterizedTest
  @ValueSource(ints = {4, 6})
  void hangsUpOnAFloodOfFramesThatWantAnAnswer(int type) throws IOException {
    String one = type == 6 ? frame(8, 6, 0, 0, "abcdefgh") : frame(0, 4, 0, 0, "");
    byte[] many = one.repeat(4_096).getBytes(ISO_8859_1);
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hub.port()));
      OutputStream out = socket.getOutputStream();
      out.write((PREFACE + askForMoreThanTheSocketsHold()).getBytes(ISO_8859_1));
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  out.write(many);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  /** Into windows that have no end. */
  private static String askForMoreThanTheSocketsHold() throws IOException {
    int size = answer(GET.replace("healthz", "metrics") + "connection: close\r\n\r\n").length();
    StringBuilder asking =
        new StringBuilder(frame(6, 4, 0, 0, "\0\4\u007f\u00ff\u00ff\u00ff"))
            .append(frame(4, 8, 0, 0, "\u007f\u00ff\0\0"));
    for (int i = 0; i < UNREAD_BYTES / size; i++) {
      asking.append(frame(METRICS.length(), 1, 5, 2 * i + 1, METRICS));
    }
    return asking.toString();
  }

  @Test
  void refusesManyReferencesToALargeHeader() throws IOException {
    // Kept for later references: x with 4,000 bytes; then as often as a frame can hold it.
    String large = "@\u0001x\u007f\u00a1\u001e" + "b".repeat(4_000);
    String bomb = HEALTHZ + large + "\u00be".repeat(12_000);
    assertNotServed(frame(bomb.length(), 1, 5, 1, bomb));
  }

  @Test
  void refusesMetadataThatIsTooLarge() throws IOException {
    String value = "\0\u0001x\u007f\u0081\u001f" + "b".repeat(4_096 - 6);
    String head =
        "\u0083\u0086D\u001c/grpc.health.v1.Health/CheckA\u0001x"
            + "\0\u000ccontent-type\u0010application/grpc";
    StringBuilder call = new StringBuilder(frame(head.length(), 1, 0, 1, head));
    for (int i = 0; i < 9; i++) {
      call.append(frame(value.length(), 9, i == 8 ? 4 : 0, 1, value));
    }
    assertNotServed(call + frame(5, 0, 1, 1, "\0\0\0\0\0"));
  }

  /** It would be served if it were smaller, and what is answered is a refusal or an end. */
  private static void assertNotServed(String frames) throws IOException {
    String begin = PREFACE + frame(0, 4, 0, 0, "");
    String good = frame(HEALTHZ.length(), 1, 5, 1, HEALTHZ);
    assertThat(heads(begin + good + frame(8, 7, 0, 0, "\0\0\0\0\0\0\0\0"))).contains("\u0088");
    assertThat(heads(begin + frames + frame(8, 7, 0, 0, "\0\0\0\0\0\0\0\0")))
        .doesNotContain("\u0088");
  }

  /** The first byte of every head that is answered; that of status 200 is 0x88. */
  private static List<String> heads(String bytes) throws IOException {
    String answer = answer(bytes);
    List<String> heads = new ArrayList<>();
    for (int at = 0; at + 9 < answer.length(); ) {
      int size = answer.charAt(at) << 16 | answer.charAt(at + 1) << 8 | answer.charAt(at + 2);
      if (answer.charAt(at + 3) == 1) {
        heads.add(answer.substring(at + 9, at + 10));
      }
      at += 9 + size;
    }
    return heads;
  }

  private static String frame(int length, int type, int flags, int stream, String payload) {
    return ""
        + (char) (length >> 16)
        + (char) ((length >> 8) & 0xff)
        + (char) (length & 0xff)
        + (char) type
        + (char) flags
        + "\0\0"
        + (char) ((stream >> 8) & 0xff)
        + (char) (stream & 0xff)
        + payload;
  }
}
