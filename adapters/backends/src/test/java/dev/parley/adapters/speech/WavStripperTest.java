package dev.parley.adapters.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.content.Tone;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WavStripperTest {

  @Property
  void filesCutAnywhereGiveTheirSamples(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 20) Integer> millis,
      @ForAll @IntRange(min = 1, max = 200) int step) {
    ByteArrayOutputStream files = new ByteArrayOutputStream();
    ByteArrayOutputStream samples = new ByteArrayOutputStream();
    for (int length : millis) {
      byte[] pcm = Tone.pcm(length);
      samples.writeBytes(pcm);
      files.writeBytes(Tone.wav(pcm));
    }
    assertThat(stripped(files.toByteArray(), step)).isEqualTo(samples.toByteArray());
  }

  @Property
  void bareSamplesStayAsTheyAre(@ForAll byte[] samples) {
    byte[] bare = samples.clone();
    if (bare.length > 0) {
      bare[0] = 1;
    }
    assertThat(stripped(bare, Math.max(1, bare.length))).isEqualTo(bare);
  }

  @Test
  void unknownSizesLastUntilTheNextHeader() {
    byte[] pcm = Tone.pcm(10);
    byte[] file = Tone.wav(pcm);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, -1).putInt(40, -1);
    WavStripper stripper = new WavStripper();
    assertThat(stripper.strip(file)).isEqualTo(pcm);
    assertThat(stripper.strip(pcm)).isEqualTo(pcm);
    assertThat(stripper.strip(file)).isEqualTo(pcm);
  }

  @Test
  void chunksAroundTheSamplesAreDroppedAtAnySplit() {
    byte[] file = {
      'R', 'I', 'F', 'F', 0, 0, 0, 0, 'W', 'A', 'V', 'E', 'f', 'm', 't', ' ', 2, 0, 0, 0, 9, 9, 'd',
      'a', 't', 'a', 3, 0, 0, 0, 1, 2, 3, 0, 'L', 'I', 'S', 'T', 3, 0, 0, 0, 7, 7, 7, 0
    };
    file[4] = (byte) (file.length - 8);
    for (int step = 1; step <= file.length; step++) {
      assertThat(stripped(file, step)).containsExactly(1, 2, 3);
    }
  }

  private static byte[] stripped(byte[] bytes, int step) {
    WavStripper stripper = new WavStripper();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < bytes.length; from += step) {
      int to = Math.min(bytes.length, from + step);
      out.writeBytes(stripper.strip(Arrays.copyOfRange(bytes, from, to)));
    }
    out.writeBytes(stripper.end());
    return out.toByteArray();
  }
}
