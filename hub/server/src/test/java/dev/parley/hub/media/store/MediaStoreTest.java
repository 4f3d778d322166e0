package dev.parley.hub.media.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MediaStoreTest {

  private static final Duration KEEP = Duration.ofHours(24);
  private static final MediaLimits LIMITS = new MediaLimits(1_000, 3_000, KEEP, 3);
  private static final StoredFormat WAV = new StoredFormat("wav", 16_000, 1, 0);

  @TempDir Path data;
  private final ManualClock clock = new ManualClock();
  private MediaStore store;

  @BeforeEach
  void open() throws IOException {
    store = MediaStore.open(data, LIMITS, clock);
  }

  @AfterEach
  void leavesNothingUnfinished() throws IOException {
    assertThat(store.status().uploads()).isZero();
    assertThat(store.status().bytesUploading()).isZero();
    store.close();
    assertThat(names("partial")).isEmpty();
  }

  private void reopen() throws IOException {
    store.close();
    open();
  }

  private MediaItem put(String text) {
    return put(text, WAV);
  }

  private MediaItem put(String text, StoredFormat format) {
    try (MediaUpload upload = store.begin()) {
      upload.write(text.getBytes(UTF_8));
      return upload.commit(format, 1.5);
    }
  }

  private String text(String name) throws IOException {
    try (SeekableByteChannel content = store.open(name)) {
      return new String(Channels.newInputStream(content).readAllBytes(), UTF_8);
    }
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> all = Files.list(data.resolve("media").resolve(folder))) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  private Path place(MediaItem item) {
    return data.resolve("media/items").resolve(item.name().substring("media/".length()));
  }

  private static HubError error(Callable<?> call) {
    try {
      call.call();
    } catch (HubException e) {
      return e.error();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("nothing failed");
  }

  @Test
  void givesBackWhatWasStoredAlsoAfterARestart() throws Exception {
    MediaItem item = put("hello");
    assertThat(item.name()).matches("media/[a-z2-7]{32}");
    assertThat(item.sizeBytes()).isEqualTo(5);
    assertThat(item.durationSeconds()).isEqualTo(1.5);
    assertThat(item.format()).isEqualTo(WAV);
    assertThat(item.sha256()).isEqualTo(Sha256.hex("hello".getBytes(UTF_8)));
    assertThat(item.expireTime()).isEqualTo(Instant.ofEpochMilli(clock.epochMillis()).plus(KEEP));
    assertThat(store.find(item.name())).contains(item);
    assertThat(text(item.name())).isEqualTo("hello");
    reopen();
    assertThat(store.find(item.name())).contains(item);
    assertThat(text(item.name())).isEqualTo("hello");
    assertThat(store.status()).isEqualTo(new MediaStatus(1, 5, 0, 0, 0));
  }

  @Test
  void keepsWhatItIsToldOfEveryFormat() throws Exception {
    StoredFormat odd = new StoredFormat("audio/x;codecs=\"opus\"", 48_000, 2, 64_000);
    MediaItem item = put("x", odd);
    reopen();
    assertThat(store.find(item.name()).orElseThrow().format()).isEqualTo(odd);
    assertThat(put("x", StoredFormat.UNKNOWN).name()).isNotEqualTo(item.name());
  }

  @Test
  void seeksInContent() throws Exception {
    MediaItem item = put("0123456789");
    try (SeekableByteChannel content = store.open(item.name())) {
      assertThat(content.size()).isEqualTo(10);
      ByteBuffer three = ByteBuffer.allocate(3);
      content.position(4).read(three);
      assertThat(new String(three.array(), UTF_8)).isEqualTo("456");
    }
  }

  @Test
  void readsBackBeforeTheCommit() throws Exception {
    try (MediaUpload upload = store.begin()) {
      upload.write("RIFF".getBytes(UTF_8));
      try (SeekableByteChannel back = upload.readBack()) {
        ByteBuffer head = ByteBuffer.allocate(8);
        back.read(head);
        assertThat(new String(head.array(), 0, head.position(), UTF_8)).isEqualTo("RIFF");
        upload.write("tail".getBytes(UTF_8));
        back.read(head);
        assertThat(new String(head.array(), UTF_8)).isEqualTo("RIFFtail");
      }
      assertThat(text(upload.commit(WAV, 0).name())).isEqualTo("RIFFtail");
    }
  }

  @Test
  void storesTheSameOnceAndKeepsItForLonger() throws Exception {
    MediaItem first = put("same");
    clock.advance(Duration.ofHours(20));
    MediaItem second = put("same");
    assertThat(second.name()).isEqualTo(first.name());
    assertThat(second.expireTime()).isEqualTo(first.expireTime().plus(Duration.ofHours(20)));
    assertThat(store.status()).isEqualTo(new MediaStatus(1, 4, 0, 0, 0));
    clock.advance(Duration.ofHours(10));
    reopen();
    assertThat(store.find(first.name())).contains(second);
    assertThat(names("items")).hasSize(1);
  }

  @Test
  void forgetsAfterADay() throws Exception {
    MediaItem item = put("old");
    clock.advance(KEEP.minusMillis(1));
    assertThat(store.find(item.name())).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(store.find(item.name())).isEmpty();
    assertThat(error(() -> store.open(item.name())))
        .isEqualTo(
            new HubError.NotFound(HubError.NotFound.Kind.MEDIA, item.name(), Optional.empty()));
    assertThat(names("items")).isEmpty();
    assertThat(store.status().items()).isZero();
  }

  @Test
  void sweepsWhatNobodyAsksFor() throws Exception {
    put("old");
    clock.advance(KEEP.dividedBy(2));
    MediaItem young = put("young");
    clock.advance(KEEP.dividedBy(2));
    store.sweep();
    assertThat(names("items")).hasSize(1);
    assertThat(store.status()).isEqualTo(new MediaStatus(1, 5, 0, 0, 0));
    assertThat(text(young.name())).isEqualTo("young");
    clock.advance(KEEP);
    reopen();
    assertThat(names("items")).isEmpty();
  }

  @Test
  void letsOpenContentBeReadToItsEndAfterItWasForgotten() throws Exception {
    MediaItem item = put("to the end");
    try (SeekableByteChannel content = store.open(item.name())) {
      clock.advance(KEEP);
      store.sweep();
      assertThat(store.find(item.name())).isEmpty();
      assertThat(new String(Channels.newInputStream(content).readAllBytes(), UTF_8))
          .isEqualTo("to the end");
    }
  }

  @Test
  void keepsNothingForEverWhenTheClockWasWrong() throws Exception {
    clock.advance(Duration.ofDays(10_000));
    MediaItem item = put("from the future");
    clock.advance(Duration.ofDays(-10_000));
    reopen();
    assertThat(store.find(item.name())).isPresent();
    clock.advance(KEEP);
    assertThat(store.find(item.name())).isEmpty();
  }

  static Stream<String> badNames() {
    String id = "a".repeat(32);
    return Stream.of(
        "",
        "media",
        "media/",
        id,
        "media/" + id + "a",
        "media/" + id.substring(1),
        "media/" + id.toUpperCase(Locale.ROOT),
        "Media/" + id,
        "media//" + id,
        "/media/" + id,
        "media/" + id + "/",
        "media/" + id + "/content",
        "media/" + id + "\n",
        "media/" + id.substring(1) + "\0",
        "media/" + id.substring(1) + "1",
        "media/" + id.substring(1) + "ä",
        "media/" + id.substring(1) + "\u0430",
        "media/" + id.substring(1) + "\ud83d\ude00",
        "media/../items/" + id,
        "media/..",
        "media/.",
        "media/../../../../../../etc/passwd",
        "/etc/passwd",
        "media/%2e%2e%2f" + id,
        "media\\" + id,
        "file:///etc/passwd",
        "media/" + "a".repeat(1_000_000));
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void findsNothingUnderNamesThatAreNone(String name) throws Exception {
    MediaItem item = put("x");
    // Were any part of such a name used as a path, this would be found.
    Files.createDirectories(place(item).resolveSibling("a".repeat(31)));
    assertThat(store.find(name)).isEmpty();
    assertThat(error(() -> store.open(name)))
        .asInstanceOf(type(HubError.NotFound.class))
        .satisfies(error -> assertThat(error.name()).hasSizeLessThanOrEqualTo(Shown.CHARS_MAX + 1))
        .satisfies(error -> assertThat(error.name()).doesNotContain("\n", "\0"));
    Files.delete(place(item).resolveSibling("a".repeat(31)));
  }

  @Test
  void refusesMoreThanOneItemMayHave() throws Exception {
    assertThat(error(() -> store.begin(1_001)))
        .isEqualTo(new HubError.TooLarge("the upload", "size of one medium", 1_000));
    try (MediaUpload upload = store.begin(1_000)) {
      upload.write(new byte[1_000]);
      assertThat(error(() -> write(upload, 1))).isInstanceOf(HubError.TooLarge.class);
      assertThatThrownBy(() -> upload.write(new byte[1])).isInstanceOf(IllegalStateException.class);
    }
    assertThat(names("items")).isEmpty();
    assertThat(store.status().bytesUploading()).isZero();
  }

  private static Void write(MediaUpload upload, int bytes) {
    upload.write(new byte[bytes]);
    return null;
  }

  @Test
  void countsRunningUploadsInTheTotal() throws Exception {
    put("a".repeat(600));
    put("b".repeat(600));
    try (MediaUpload one = store.begin();
        MediaUpload two = store.begin()) {
      one.write(new byte[1_000]);
      two.write(new byte[750]);
      assertThat(store.status()).isEqualTo(new MediaStatus(2, 1_200, 2, 1_750, 0));
      assertThat(error(() -> store.begin(51))).isInstanceOf(HubError.Overloaded.class);
      assertThat(error(() -> write(two, 51))).isInstanceOf(HubError.Overloaded.class);
      one.commit(WAV, 0);
      assertThat(store.status()).isEqualTo(new MediaStatus(3, 2_200, 2, 750, 0));
    }
    assertThat(store.status()).isEqualTo(new MediaStatus(3, 2_200, 0, 0, 0));
  }

  @Test
  void makesRoomByForgettingWhatIsExpiredAndNothingElse() throws Exception {
    MediaItem first = put("a".repeat(1_000));
    clock.advance(Duration.ofHours(1));
    MediaItem second = put("b".repeat(1_000));
    put("c".repeat(1_000));
    assertThat(error(() -> put("d"))).isInstanceOf(HubError.Overloaded.class);
    assertThat(store.status().items()).isEqualTo(3);
    clock.advance(KEEP.minusHours(1));
    put("d");
    assertThat(store.find(first.name())).isEmpty();
    assertThat(store.find(second.name())).isPresent();
  }

  @Test
  void boundsHowManyUploadsRun() {
    List<MediaUpload> uploads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      uploads.add(store.begin());
    }
    assertThat(error(() -> store.begin()))
        .isEqualTo(new HubError.Overloaded("3 uploads are running", Duration.ofSeconds(1)));
    uploads.removeFirst().close();
    uploads.add(store.begin());
    uploads.forEach(MediaUpload::close);
    // Closing again gives nothing back twice.
    uploads.forEach(MediaUpload::close);
  }

  @Test
  void dropsWhatIsClosedWithoutACommit() throws Exception {
    MediaUpload upload = store.begin();
    upload.write("never".getBytes(UTF_8));
    upload.close();
    assertThat(error(() -> write(upload, 1))).isInstanceOf(HubError.Cancelled.class);
    assertThat(error(() -> upload.commit(WAV, 0))).isInstanceOf(HubError.Cancelled.class);
    assertThat(names("items")).isEmpty();
  }

  @Test
  void isCancelledWithTheThreadThatWrites() throws Exception {
    try (MediaUpload upload = store.begin()) {
      Thread.currentThread().interrupt();
      assertThat(error(() -> write(upload, 1))).isInstanceOf(HubError.Cancelled.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void storesTheSameFromManyThreadsOnce() throws Exception {
    MediaLimits many = new MediaLimits(1_000_000, 100_000_000, KEEP, 64);
    try (MediaStore shared = MediaStore.open(data, many, clock);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<MediaItem>> items = new ArrayList<>();
      for (int i = 0; i < 48; i++) {
        byte[] bytes = new byte[70_000 + i % 2];
        items.add(
            threads.submit(() -> {
              try (MediaUpload upload = shared.begin()) {
                upload.write(ByteBuffer.wrap(bytes, 0, 10_000));
                upload.write(ByteBuffer.wrap(bytes, 10_000, bytes.length - 10_000));
                return upload.commit(WAV, 2);
              }
            }));
      }
      Set<String> names = new HashSet<>();
      for (Future<MediaItem> item : items) {
        names.add(item.get().name());
      }
      assertThat(names).hasSize(2);
      assertThat(shared.status()).isEqualTo(new MediaStatus(2, 140_001, 0, 0, 0));
    }
    assertThat(names("items")).hasSize(2);
  }

  @Test
  void sharesTheFolderWithAnotherHub() throws Exception {
    try (MediaStore other = MediaStore.open(data, LIMITS, clock);
        MediaUpload upload = other.begin()) {
      upload.write("from the other".getBytes(UTF_8));
      // Neither clears away what the other one is at.
      store.sweep();
      MediaItem item = upload.commit(WAV, 0);
      assertThat(text(item.name())).isEqualTo("from the other");
      assertThat(store.status().items()).isEqualTo(1);
      // Prolonged by one, it is not forgotten by the other.
      clock.advance(KEEP.dividedBy(2));
      put("from the other");
      clock.advance(KEEP.dividedBy(2));
      other.sweep();
      assertThat(other.find(item.name())).isPresent();
      clock.advance(KEEP);
      other.sweep();
      assertThat(names("items")).isEmpty();
      assertThat(store.find(item.name())).isEmpty();
      store.sweep();
      assertThat(store.status().items()).isZero();
    }
  }

  @Test
  void clearsAwayWhatDeadProcessesLeft() throws Exception {
    Path dead = data.resolve("media/partial/" + "0".repeat(32));
    Path unlocked = data.resolve("media/partial/" + "1".repeat(32));
    for (Path folder : List.of(dead, unlocked)) {
      Files.createDirectories(folder.resolve("upload"));
      Files.writeString(folder.resolve("upload/content"), "half");
    }
    Files.createFile(data.resolve("media/partial/" + "0".repeat(32) + ".lock"));
    reopen();
    assertThat(names("partial")).hasSize(2).noneMatch(name -> name.startsWith("0000"));
    assertThat(Files.exists(unlocked)).isFalse();
  }

  @Test
  void readsNothingThatIsDamagedAndStoresItAnew() throws Exception {
    MediaItem cut = put("to be cut");
    MediaItem changed = put("to be changed");
    MediaItem empty = put("to be emptied");
    MediaItem link = put("to be a link");
    MediaItem file = put("to be a file");
    MediaItem fine = put("fine");
    Files.writeString(place(cut).resolve("content"), "to be");
    String info = Files.readString(place(changed).resolve("info"));
    Files.writeString(place(changed).resolve("info"), info.replace("rate 16000", "rate 8000"));
    Files.delete(place(empty).resolve("content"));
    Files.delete(place(link).resolve("content"));
    Path secret = Files.writeString(data.resolve("secret"), "to be a link");
    Files.createSymbolicLink(place(link).resolve("content"), secret);
    Workbench.delete(place(file));
    Files.writeString(place(file), "no folder");
    Files.writeString(data.resolve("media/items/stranger"), "not ours");
    reopen();
    assertThat(store.status()).isEqualTo(new MediaStatus(1, 4, 0, 0, 5));
    assertThat(text(fine.name())).isEqualTo("fine");
    for (MediaItem damaged : List.of(cut, changed, empty, link, file)) {
      assertThat(store.find(damaged.name())).isEmpty();
      assertThat(error(() -> store.open(damaged.name()))).isInstanceOf(HubError.NotFound.class);
    }
    assertThat(text(put("to be cut").name())).isEqualTo("to be cut");
    assertThat(text(put("to be a link").name())).isEqualTo("to be a link");
    assertThat(text(put("to be a file").name())).isEqualTo("to be a file");
    assertThat(store.status().damaged()).isEqualTo(2);
    assertThat(names("items")).contains("stranger");
    assertThat(secret).hasContent("to be a link");
  }

  @Test
  void deletesWhatIsDamagedWhenItsTimeIsOver() throws Exception {
    MediaItem item = put("x");
    Files.delete(place(item).resolve("info"));
    Files.setLastModifiedTime(place(item), FileTime.fromMillis(clock.epochMillis()));
    reopen();
    assertThat(store.status().damaged()).isEqualTo(1);
    clock.advance(KEEP);
    store.sweep();
    assertThat(store.status().damaged()).isZero();
    assertThat(names("items")).isEmpty();
  }

  @Test
  void noticesDamageThatHappensWhileItRuns() throws Exception {
    MediaItem item = put("here");
    Files.writeString(place(item).resolve("content"), "her");
    assertThat(error(() -> store.open(item.name()))).isInstanceOf(HubError.NotFound.class);
    assertThat(store.status()).isEqualTo(new MediaStatus(0, 0, 0, 0, 1));
    Files.writeString(place(item).resolve("content"), "here");
    store.sweep();
    assertThat(store.status()).isEqualTo(new MediaStatus(1, 4, 0, 0, 0));
  }

  @Test
  void tellsTheCallerOfAFullDiskAsOfAFullStore() throws Exception {
    try (MediaUpload upload = store.begin()) {
      upload.write("x".getBytes(UTF_8));
      // As good as a full disk: the text about the item finds no place.
      Path folder = data.resolve("media/partial");
      try (Stream<Path> all = Files.walk(folder)) {
        Path content = all.filter(path -> path.endsWith("content")).findFirst().orElseThrow();
        Files.createDirectory(content.resolveSibling("info"));
      }
      assertThat(error(() -> upload.commit(WAV, 0)))
          .isEqualTo(new HubError.Overloaded("the disk takes no more media", Duration.ZERO));
    }
    assertThat(names("items")).isEmpty();
  }

  @Test
  void isClosedToOtherUsersOfTheMachine() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("media"))))
        .isEqualTo("rwx------");
  }
}
