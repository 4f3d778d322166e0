package dev.parley.testkit.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RecordedTest {
  private static final Path AUDIO = Path.of("../../../shared/audio");

  private static Recorded recorded() throws IOException {
    assumeTrue(Files.exists(AUDIO.resolve("manifest.json")), "skipped: needs shared/audio");
    return Recorded.of(AUDIO);
  }

  private static float[] quilter() throws IOException {
    return Wave.firstChannel(Files.readAllBytes(AUDIO.resolve("speech/en/leopard-test.wav")));
  }

  private static byte[] piece(float[] sound, double from, double to, float gain) {
    var piece = Arrays.copyOfRange(sound, (int) (from * 16_000), (int) (to * 16_000));
    for (var i = 0; i < piece.length; i++) {
      piece[i] *= gain;
    }
    return Wave.file(Wave.pcm(piece), 16_000);
  }

  @Test
  void pieceOfARecordingSaysItsWordsInTheirTimes() throws IOException {
    var ears = recorded();
    var sound = quilter();
    var all = ears.hear(piece(sound, 0, sound.length / 16_000.0, 1));
    assertThat(all.getFirst().text()).isEqualTo("Mr");
    assertThat(all.getFirst().start()).isCloseTo(0.54, within(0.015));
    for (var from : new double[] {0.203, 1.0, 2.111}) {
      for (var to : new double[] {2.9, 4.5, 5.2}) {
        var heard = ears.hear(piece(sound, from, to, 0.3f));
        var whole =
            all.stream().filter(w -> w.start() > from + 0.04 && w.end() < to - 0.04).toList();
        assertThat(heard).hasSizeBetween(whole.size(), whole.size() + 2);
        for (var word : whole) {
          assertThat(heard)
              .anySatisfy(h -> {
                assertThat(h.text()).isEqualTo(word.text());
                assertThat(h.start() + from).isCloseTo(word.start(), within(0.02));
              });
        }
      }
    }
  }

  @Test
  void silenceAroundAPieceDoesNotMatter() throws IOException {
    var ears = recorded();
    var sound = quilter();
    var padded = new float[sound.length + 32_000];
    System.arraycopy(sound, 0, padded, 16_000, sound.length);
    var heard = ears.hear(Wave.file(Wave.pcm(padded), 16_000));
    assertThat(heard.getFirst().text()).isEqualTo("Mr");
    assertThat(heard.getFirst().start()).isCloseTo(1.54, within(0.02));
  }

  @Test
  void soundThatIsLikeNoneSaysNothing() throws IOException {
    var ears = recorded();
    assertThat(ears.hear(Talk.begin(16_000).silence(1).say("one two three").wav())).isEmpty();
    assertThat(ears.hear(Talk.begin(16_000).silence(2).wav())).isEmpty();
  }
}
