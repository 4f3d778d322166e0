package dev.parley.testkit.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DialogueTest {

  private static final Dialogue TALK =
      Dialogue.of(
          new Dialogue.Turn(0, 0, 2),
          new Dialogue.Turn(1, 2.5, 4),
          new Dialogue.Turn(0, 3.5, 6),
          new Dialogue.Turn(7, 6.3, 7));

  @ParameterizedTest
  @ValueSource(ints = {16_000, 24_000, 44_100, 48_000})
  void whoSpeaksWhenIsHeard(int rate) {
    var heard = Dialogue.heard(TALK.samples(rate), rate);
    assertThat(heard).extracting(Dialogue.Turn::speaker).containsExactly(0, 1, 0, 7);
    for (var i = 0; i < heard.size(); i++) {
      assertThat(heard.get(i).start()).isCloseTo(TALK.turns().get(i).start(), within(0.051));
      assertThat(heard.get(i).end()).isCloseTo(TALK.turns().get(i).end(), within(0.051));
    }
  }

  @Test
  void gainDoesNotMatter() {
    var sound = TALK.samples(16_000);
    for (var i = 0; i < sound.length; i++) {
      sound[i] *= 0.1f;
    }
    assertThat(Dialogue.heard(sound, 16_000))
        .extracting(Dialogue.Turn::speaker)
        .containsExactly(0, 1, 0, 7);
  }

  @Test
  void everyVoiceIsToldFromTheOthers() {
    for (var speaker = 0; speaker < Dialogue.SPEAKERS_MAX; speaker++) {
      assertThat(Dialogue.speaker(Dialogue.voice(speaker, 2).wav(16_000))).isEqualTo(speaker);
    }
  }

  @Test
  void nobodySpeaksInSilenceAndNoise() {
    assertThat(Dialogue.heard(new float[16_000], 16_000)).isEmpty();
    assertThat(Dialogue.heard(new float[0], 16_000)).isEmpty();
    var random = new Random(1);
    var noise = new float[16_000];
    for (var i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian() * 0.005f;
    }
    assertThat(Dialogue.heard(noise, 16_000)).isEmpty();
    assertThat(Dialogue.speaker(Wave.file(Wave.pcm(noise), 16_000))).isEqualTo(-1);
  }

  @Test
  void thereAreEightVoices() {
    assertThatThrownBy(() -> Dialogue.voice(8, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
