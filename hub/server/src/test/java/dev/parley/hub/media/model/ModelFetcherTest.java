package dev.parley.hub.media.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.parley.core.time.Clock;
import dev.parley.hub.media.model.ModelFetchException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelFetcherTest {

  private static final FetchPatience PATIENCE =
      new FetchPatience(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(40),
          4,
          Duration.ofMillis(1));
  private static final FetchPatience HASTY =
      new FetchPatience(
          Duration.ofSeconds(5),
          Duration.ofMillis(150),
          Duration.ofSeconds(40),
          2,
          Duration.ofMillis(1));
  private static final byte[] BYTES = bytes(300_000, 1);

  @TempDir Path path;
  private ModelFolder folder;
  private PublisherServer server;

  @BeforeEach
  void listen() throws IOException {
    folder = new ModelFolder(path.resolve("models"));
    server = new PublisherServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] bytes(int count, long seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private List<ModelFile> fetch(FetchPatience patience, ModelFile... files)
      throws ModelFetchException, InterruptedException {
    return fetch(patience, ModelPack.of("test", "for tests", files), FetchProgress.NONE);
  }

  private List<ModelFile> fetch(FetchPatience patience, ModelPack pack, FetchProgress progress)
      throws ModelFetchException, InterruptedException {
    try (ModelFetcher fetcher = new ModelFetcher(folder, patience, Clock.system(), progress)) {
      return fetcher.fetch(pack);
    }
  }

  private ModelFetchException failure(FetchPatience patience, ModelFile... files) {
    return catchThrowableOfType(ModelFetchException.class, () -> fetch(patience, files));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.walk(folder.path())) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.path().relativize(file).toString())
          .filter(name -> !name.equals(".fetching"))
          .sorted()
          .toList();
    }
  }

  /** Answers as a server that knows ranges, and breaks off the first answers. */
  private void publishBroken(String path, byte[] bytes, String etag, int... cuts) {
    AtomicInteger calls = new AtomicInteger();
    server.on(
        path,
        exchange -> {
          int call = calls.getAndIncrement();
          exchange.getResponseHeaders().set("etag", etag);
          int from = start(exchange, etag);
          if (from > 0) {
            exchange
                .getResponseHeaders()
                .set(
                    "content-range",
                    "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
          }
          int to = call < cuts.length ? cuts[call] : bytes.length;
          PublisherServer.send(exchange, from > 0 ? 206 : 200, bytes, from, to);
        });
  }

  private static int start(HttpExchange exchange, String etag) {
    String range = exchange.getRequestHeaders().getFirst("range");
    String condition = exchange.getRequestHeaders().getFirst("if-range");
    boolean rest = range != null && (condition == null || condition.equals(etag));
    return rest ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1)) : 0;
  }

  @Test
  void fetchesWhatIsMissingAndNothingElse() throws Exception {
    server.publish("/a", BYTES);
    ModelFile a = server.file("a", "/a", BYTES);
    assertThat(folder.state(a)).isInstanceOf(ModelState.Missing.class);
    assertThat(folder.read(a)).isEmpty();
    assertThat(fetch(PATIENCE, a)).containsExactly(a);
    assertThat(folder.read(a)).contains(BYTES);
    assertThat(fetch(PATIENCE, a)).isEmpty();
    assertThat(server.asked()).containsExactly("/a");
    assertThat(names()).containsExactly("test/a.onnx");
  }

  @Test
  void replacesWhatIsDamaged() throws Exception {
    server.publish("/a", BYTES);
    ModelFile a = server.file("a", "/a", BYTES);
    Files.createDirectories(folder.place(a).getParent());
    Files.writeString(folder.place(a), "something else");
    assertThat(folder.state(a))
        .isEqualTo(
            new ModelState.Damaged(folder.place(a) + ": found 14 bytes (expected: 300000 bytes)"));
    byte[] changed = BYTES.clone();
    changed[77] ^= 1;
    Files.write(folder.place(a), changed);
    assertThat(((ModelState.Damaged) folder.state(a)).why())
        .contains("found sha256", "(expected: " + a.sha256() + ")", folder.place(a).toString());
    assertThat(folder.read(a)).isEmpty();
    fetch(PATIENCE, a);
    assertThat(folder.read(a)).contains(BYTES);
  }

  @Test
  void continuesWhereADownloadBrokeOff() throws Exception {
    publishBroken("/a", BYTES, "\"v1\"", 100_000, 200_000);
    ModelFile a = server.file("a", "/a", BYTES);
    fetch(PATIENCE, a);
    assertThat(folder.read(a)).contains(BYTES);
    assertThat(server.asked()).hasSize(3).first().isEqualTo("/a");
    assertThat(server.asked().get(1)).matches("/a bytes=[1-9][0-9]*- if \"v1\"");
    assertThat(names()).containsExactly("test/a.onnx");
  }

  @Test
  void continuesWhatAnEarlierProcessBegan() throws Exception {
    publishBroken("/a", BYTES, "\"v1\"");
    ModelFile a = server.file("a", "/a", BYTES);
    Files.createDirectories(folder.place(a).getParent());
    Files.write(path.resolve("models/test/a.onnx.part"), Arrays.copyOf(BYTES, 1_000));
    fetch(PATIENCE, a);
    assertThat(server.asked()).containsExactly("/a bytes=1000-");
    assertThat(folder.read(a)).contains(BYTES);
  }

  @Test
  void beginsAnewWhenTheFileIsAnotherOneNow() throws Exception {
    publishBroken("/a", BYTES, "\"v2\"");
    ModelFile a = server.file("a", "/a", BYTES);
    Files.createDirectories(folder.place(a).getParent());
    Files.write(path.resolve("models/test/a.onnx.part"), bytes(1_000, 2));
    Files.writeString(path.resolve("models/test/a.onnx.part.tag"), "\"v1\"");
    fetch(PATIENCE, a);
    assertThat(server.asked()).containsExactly("/a bytes=1000- if \"v1\"");
    assertThat(folder.read(a)).contains(BYTES);
  }

  @Test
  void beginsAnewWhenWhatWasHereDoesNotFit() throws Exception {
    publishBroken("/a", BYTES, "W/\"weak\"");
    ModelFile a = server.file("a", "/a", BYTES);
    Files.createDirectories(folder.place(a).getParent());
    Path part = path.resolve("models/test/a.onnx.part");
    for (byte[] stale : List.of(bytes(1_000, 2), bytes(300_000, 2), bytes(300_001, 2))) {
      Files.deleteIfExists(folder.place(a));
      Files.write(part, stale);
      fetch(PATIENCE, a);
      assertThat(folder.read(a)).contains(BYTES);
    }
    assertThat(server.asked()).containsExactly("/a bytes=1000-", "/a", "/a", "/a");
  }

  @Test
  void isFineWithServersThatKnowNoRanges() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    server.on(
        "/a",
        exchange ->
            PublisherServer.send(
                exchange, 200, BYTES, 0, calls.getAndIncrement() == 0 ? 9_000 : BYTES.length));
    ModelFile a = server.file("a", "/a", BYTES);
    fetch(PATIENCE, a);
    assertThat(folder.read(a)).contains(BYTES);
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void isNotLedAstrayByAWrongPart() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    server.on(
        "/a",
        exchange -> {
          switch (calls.getAndIncrement()) {
            case 0 -> {
              exchange.getResponseHeaders().set("content-range", "bytes 5-299999/300000");
              PublisherServer.send(exchange, 206, BYTES, 5, BYTES.length);
            }
            default -> PublisherServer.send(exchange, 200, BYTES, 0, BYTES.length);
          }
        });
    ModelFile a = server.file("a", "/a", BYTES);
    Files.createDirectories(folder.place(a).getParent());
    Files.write(path.resolve("models/test/a.onnx.part"), Arrays.copyOf(BYTES, 1_000));
    fetch(PATIENCE, a);
    assertThat(server.asked()).containsExactly("/a bytes=1000-", "/a");
    assertThat(folder.read(a)).contains(BYTES);
  }

  @Test
  void refusesOtherContent() throws Exception {
    byte[] other = bytes(BYTES.length, 3);
    server.publish("/a", other);
    ModelFile a = server.file("a", "/a", BYTES);
    ModelFetchException failure = failure(PATIENCE, a);
    assertThat(failure.kind()).isEqualTo(Kind.WRONG_CONTENT);
    assertThat(failure).hasMessageContaining("another file").hasMessageContaining(a.sha256());
    assertThat(server.asked()).hasSize(2);
    assertThat(names()).isEmpty();
  }

  @Test
  void readsNoMoreThanTheFileHas() throws Exception {
    server.on(
        "/announced", exchange -> PublisherServer.send(exchange, 200, new byte[999_999], 0, 10));
    server.on(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] more = new byte[60_000];
          for (int i = 0; i < 10_000; i++) {
            exchange.getResponseBody().write(more);
          }
        });
    assertThat(failure(PATIENCE, server.file("a", "/announced", BYTES)))
        .hasMessageContaining("999999 bytes there (expected: 300000");
    ModelFetchException failure = failure(PATIENCE, server.file("b", "/endless", BYTES));
    assertThat(failure.kind()).isEqualTo(Kind.WRONG_CONTENT);
    assertThat(failure).hasMessageContaining("more than the 300000 bytes");
    for (String name : names()) {
      assertThat(Files.size(folder.path().resolve(name))).isLessThanOrEqualTo(300_000);
    }
  }

  @Test
  void givesUpWhatIsGoneAndTriesAgainWhatIsBusy() throws Exception {
    server.on("/gone", exchange -> exchange.sendResponseHeaders(404, -1));
    AtomicInteger calls = new AtomicInteger();
    server.on(
        "/busy",
        exchange -> {
          if (calls.getAndIncrement() < 3) {
            exchange.sendResponseHeaders(503, -1);
          } else {
            PublisherServer.send(exchange, 200, BYTES, 0, BYTES.length);
          }
        });
    ModelFetchException failure = failure(PATIENCE, server.file("a", "/gone", BYTES));
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure).hasMessageContaining("status 404");
    ModelFile b = server.file("b", "/busy", BYTES);
    fetch(PATIENCE, b);
    assertThat(folder.read(b)).contains(BYTES);
    assertThat(server.asked()).containsExactly("/gone", "/busy", "/busy", "/busy", "/busy");
  }

  @Test
  void followsRedirections() throws Exception {
    server.publish("/there", BYTES);
    server.on("/here", exchange -> redirect(exchange, "/there"));
    server.on("/round", exchange -> redirect(exchange, "/round"));
    ModelFile a = server.file("a", "/here", BYTES);
    fetch(PATIENCE, a);
    assertThat(folder.read(a)).contains(BYTES);
    assertThat(failure(PATIENCE, server.file("b", "/round", BYTES)).kind()).isEqualTo(Kind.REFUSED);
  }

  private void redirect(HttpExchange exchange, String path) throws IOException {
    exchange.getResponseHeaders().set("location", server.address(path).toString());
    exchange.sendResponseHeaders(302, -1);
  }

  @Test
  void waitsForNobodyForEver() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    server.on("/mute", exchange -> await(over));
    server.on(
        "/stalls",
        exchange -> {
          PublisherServer.send(exchange, 200, BYTES, 0, 1_000);
          await(over);
        });
    assertThat(failure(HASTY, server.file("a", "/mute", BYTES)))
        .hasMessageContaining("nothing came for PT0.15S");
    assertThat(failure(HASTY, server.file("b", "/stalls", BYTES)))
        .hasMessageContaining("nothing came");
    over.countDown();
    assertThat(server.asked()).hasSize(4).last().isEqualTo("/stalls bytes=1000-");
  }

  private static void await(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void tellsHowFarItIs() throws Exception {
    CountDownLatch seen = new CountDownLatch(2);
    server.on(
        "/a",
        exchange -> {
          PublisherServer.send(exchange, 200, BYTES, 0, 50_000);
          // Goes on when the first part was told of.
          await(seen);
          exchange.getResponseBody().write(BYTES, 50_000, BYTES.length - 50_000);
        });
    ModelFile a = server.file("a", "/a", BYTES);
    List<Long> told = new ArrayList<>();
    fetch(
        PATIENCE,
        ModelPack.of("test", "", a),
        (file, bytes) -> {
          assertThat(file).isEqualTo(a);
          told.add(bytes);
          seen.countDown();
          seen.countDown();
        });
    assertThat(told).isSorted().hasSizeGreaterThan(1).endsWith(300_000L);
  }

  @Test
  void saysWhatToPutWhereWhenNobodyAnswers() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    URI address = URI.create("http://127.0.0.1:" + port + "/a.onnx");
    ModelFile a = new ModelFile("a", "test/a.onnx", address, 5, "0".repeat(64), "MIT");
    ModelFile b = new ModelFile("b", "test/b.onnx", address, 6, "1".repeat(64), "MIT");
    ModelFetchException failure = failure(PATIENCE, a, b);
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(names()).isEmpty();
    assertThat(failure)
        .hasMessageEndingWith("6 bytes, sha256 " + "1".repeat(64))
        .hasMessageContaining("\nb was not fetched: no connection to 127.0.0.1\n")
        .hasMessageStartingWith(
            "a was not fetched: no connection to 127.0.0.1\n"
                + "  by hand: fetch "
                + address
                + "\n           and put it at "
                + folder.place(a).toAbsolutePath()
                + "\n           5 bytes, sha256 "
                + "0".repeat(64));
  }

  @Test
  void unpacksAnArchive() throws Exception {
    byte[] one = bytes(10_000, 4);
    byte[] two = bytes(600, 5);
    byte[] packed =
        new TarWriter().file("x/one", one).file("x/read.me", two).file("x/two", two).gzip();
    server.publish("/a.tar.gz", packed);
    ModelPack pack = packed(packed, one, two);
    assertThat(fetch(PATIENCE, pack, FetchProgress.NONE)).isEqualTo(pack.files());
    assertThat(names()).containsExactly("test/one.onnx", "test/two.onnx");
    assertThat(folder.read(pack.files().getFirst())).contains(one);
    assertThat(folder.read(pack.files().getLast())).contains(two);
    assertThat(server.asked()).containsExactly("/a.tar.gz");
    // One that somebody put there is as good, and stays.
    Files.delete(folder.place(pack.files().getFirst()));
    Path archive = folder.place(pack.archive().orElseThrow().file());
    Files.write(archive, packed);
    assertThat(fetch(PATIENCE, pack, FetchProgress.NONE)).hasSize(1);
    assertThat(server.asked()).hasSize(1);
    assertThat(archive).exists();
  }

  @Test
  void takesNoMemberThatIsAnotherFile() throws Exception {
    byte[] one = bytes(10_000, 4);
    byte[] two = bytes(600, 5);
    byte[] packed = new TarWriter().file("x/one", one).file("x/two", bytes(600, 6)).gzip();
    server.publish("/a.tar.gz", packed);
    assertThatThrownBy(() -> fetch(PATIENCE, packed(packed, one, two), FetchProgress.NONE))
        .isInstanceOf(ModelFetchException.class)
        .hasMessageContaining("two.onnx: found sha256");
    byte[] less = new TarWriter().file("x/one", one).gzip();
    server.publish("/a.tar.gz/less", less);
    ModelPack pack = packed(less, one, two);
    assertThatThrownBy(() ->
            fetch(
                PATIENCE,
                new ModelPack(
                    "p",
                    "",
                    pack.files(),
                    Optional.of(
                        new ModelArchive(
                            server.file("archive", "/a.tar.gz/less", less),
                            pack.archive().orElseThrow().members())),
                    ""),
                FetchProgress.NONE))
        .hasMessage("two is not in the archive");
  }

  private ModelPack packed(byte[] archive, byte[] one, byte[] two) {
    return new ModelPack(
        "packed",
        "for tests",
        List.of(server.file("one", "/a.tar.gz", one), server.file("two", "/a.tar.gz", two)),
        Optional.of(
            new ModelArchive(
                server.file("archive", "/a.tar.gz", archive),
                Map.of("one", "x/one", "two", "x/two"))),
        "");
  }

  @Test
  void leavesAFolderToTheOneWhoFetchesThere() throws Exception {
    server.publish("/b", BYTES);
    ModelFile b = server.file("b", "/b", BYTES);
    List<ModelFetchException> failures = new ArrayList<>();
    server.on(
        "/a",
        exchange -> {
          failures.add(failure(PATIENCE, b));
          PublisherServer.send(exchange, 200, BYTES, 0, BYTES.length);
        });
    fetch(PATIENCE, server.file("a", "/a", BYTES));
    assertThat(failures)
        .singleElement()
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.FOLDER))
        .satisfies(failure -> assertThat(failure).hasMessageContaining("another process"));
    fetch(PATIENCE, b);
    assertThat(folder.read(b)).contains(BYTES);
  }

  @Test
  void saysThatTheFolderCannotBeWritten() throws Exception {
    Files.writeString(folder.path(), "a file where the folder belongs", UTF_8);
    ModelFetchException failure = failure(PATIENCE, server.file("a", "/a", BYTES));
    assertThat(failure.kind()).isEqualTo(Kind.FOLDER);
    assertThat(failure).hasMessageContaining("cannot be used: it is a file and no folder");
  }
}
