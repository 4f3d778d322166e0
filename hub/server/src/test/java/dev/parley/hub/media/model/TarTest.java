package dev.parley.hub.media.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TarTest {

  private static final byte[] ONE = "one".getBytes(UTF_8);
  private static final byte[] LONG = "long".repeat(300).getBytes(UTF_8);
  private static final Map<String, Long> WANTED = Map.of("a/one", 3L, "long", 2_000L);

  private static Map<String, byte[]> read(byte[] archive) throws IOException {
    return Tar.read(new ByteArrayInputStream(archive), WANTED);
  }

  @Test
  void readsWhatIsWantedAndSkipsTheRest() throws Exception {
    byte[] archive =
        new TarWriter()
            .entry("a/", '5', 0, new byte[0])
            .file("other", LONG)
            .file("./a/one", ONE)
            .file("../a/one", LONG)
            .file("/a/one", LONG)
            .file("a/one", LONG)
            .entry("comment", 'x', LONG.length, LONG)
            .file("long", LONG)
            .bytes();
    Map<String, byte[]> found = read(archive);
    assertThat(found).containsOnlyKeys("a/one", "long");
    assertThat(found.get("a/one")).isEqualTo(ONE);
    assertThat(found.get("long")).isEqualTo(LONG);
  }

  @Test
  void takesNoLinkForAFile() throws Exception {
    byte[] archive =
        new TarWriter()
            .entry("long", '2', 0, new byte[0])
            .entry("a/one", '1', 0, new byte[0])
            .bytes();
    assertThat(read(archive)).isEmpty();
  }

  @Test
  void doesWithoutTheEndThatBelongsThere() throws Exception {
    byte[] archive = new TarWriter().file("a/one", ONE).bytes();
    assertThat(read(Arrays.copyOf(archive, 1024))).containsOnlyKeys("a/one");
    assertThat(read(new byte[0])).isEmpty();
  }

  @Test
  void refusesWhatIsLargerThanTheFileOrThanAnyArchive() {
    assertThatThrownBy(() -> read(new TarWriter().file("a/one", LONG).bytes()))
        .hasMessage("a/one: 1200 bytes (expected: at most 3)");
    TarWriter endless = new TarWriter();
    for (int i = 0; i < 1_000; i++) {
      endless.file("x", new byte[0]);
    }
    assertThatThrownBy(() -> read(endless.bytes())).hasMessageContaining("1000 entries");
    assertThatThrownBy(
            () -> read(new TarWriter().entry("x", '0', 077777777777L, new byte[0]).bytes()))
        .hasMessageContaining("more than");
  }

  @Test
  void tellsDamageAndCuts() {
    byte[] archive = new TarWriter().file("a/one", ONE).file("long", LONG).bytes();
    byte[] changed = archive.clone();
    changed[0] ^= 1;
    assertThatThrownBy(() -> read(changed)).hasMessageContaining("wrong sum");
    for (int length : new int[] {100, 513, 514, 700, 1024 + 512 + 100}) {
      assertThatThrownBy(() -> read(Arrays.copyOf(archive, length)))
          .as("%d bytes", length)
          .isInstanceOf(EOFException.class);
    }
  }

  /** Whatever stands there: an answer or an exception of its kind, and soon. */
  @Property(tries = 300, seed = "3")
  void survivesAnyBytes(
      @ForAll @Size(max = 40) byte[] bytes, @ForAll @IntRange(max = 3_000) int at) {
    byte[] archive = new TarWriter().file("a/one", ONE).file("long", LONG).bytes();
    System.arraycopy(bytes, 0, archive, at, Math.min(bytes.length, archive.length - at));
    try {
      assertThat(read(archive)).hasSizeLessThanOrEqualTo(2);
    } catch (ZipException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }
}
