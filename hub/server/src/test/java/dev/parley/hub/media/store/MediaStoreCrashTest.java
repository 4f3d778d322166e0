package dev.parley.hub.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.time.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process that is killed leaves behind, and what one with little memory can store. */
@Timeout(120)
class MediaStoreCrashTest {

  private static final int KILLS = 20;

  @TempDir Path data;

  @Test
  void hasEverythingThatWasAnnouncedAndNothingHalfAfterAKill() throws Exception {
    Random random = new Random(11);
    int announced = 0;
    int kept = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> stored = killedAfter(1 + random.nextInt(30), kill);
      announced += stored.size();
      try (MediaStore store = MediaStore.open(data, MediaLimits.DEFAULT, Clock.system())) {
        assertThat(names("partial")).hasSize(2);
        assertThat(store.status().damaged()).isZero();
        assertThat(store.status().items()).isGreaterThanOrEqualTo(kept + stored.size());
        kept = store.status().items();
        for (String line : stored) {
          String[] words = line.split(" ", -1);
          assertThat(store.find(words[1]).orElseThrow().sha256()).isEqualTo(words[2]);
        }
        for (String id : names("items")) {
          MediaItem item = store.find("media/" + id).orElseThrow();
          assertThat(sha256(store, item.name())).isEqualTo(item.sha256());
        }
      }
    }
    assertThat(announced).isGreaterThan(KILLS);
  }

  /** The commits that a process announced before it was killed, after that many lines. */
  private List<String> killedAfter(int lines, long seed) throws Exception {
    Process process = UploadingProcess.start(data, seed, 200_000, 0);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < lines; i++) {
        seen.add(String.valueOf(out.readLine()));
      }
      // Unlike that of the process itself, this one leaves its output to be read.
      process.toHandle().destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      // What it said before it died counts, too, but for a line that it did not end.
      String rest = rest(out);
      seen.addAll(rest.substring(0, rest.lastIndexOf('\n') + 1).lines().toList());
      assertThat(seen.getFirst()).isEqualTo("begun");
      return seen.stream().filter(line -> line.startsWith("stored ")).toList();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String rest(BufferedReader out) throws IOException {
    StringBuilder text = new StringBuilder();
    char[] part = new char[4096];
    for (int read = out.read(part); read >= 0; read = out.read(part)) {
      text.append(part, 0, read);
    }
    return text.toString();
  }

  @Test
  void storesFarMoreThanFitsIntoMemory() throws Exception {
    int bytes = 64 << 20;
    Process process =
        UploadingProcess.start(data, 1, bytes, 1, "-Xmx24m", "-XX:MaxDirectMemorySize=4m");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> stored = out.lines().filter(line -> line.startsWith("stored ")).toList();
      assertThat(stored).hasSize(3).allMatch(line -> line.endsWith(" " + bytes));
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> all = Files.list(data.resolve("media").resolve(folder))) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static String sha256(MediaStore store, String name) throws IOException {
    MessageDigest digest = Sha256.digest();
    ByteBuffer part = ByteBuffer.allocate(64 * 1024);
    try (SeekableByteChannel content = store.open(name)) {
      while (content.read(part) >= 0) {
        digest.update(part.flip());
        part.clear();
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
