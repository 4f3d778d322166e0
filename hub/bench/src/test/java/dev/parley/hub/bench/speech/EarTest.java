package dev.parley.hub.bench.speech;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarTest {

  private static final long MILLI = 1_000_000;
  private static final int BYTES_OF_20_MS = 960;

  private final Ear ear = new Ear(1_000 * MILLI);

  @Test
  void countsFromTheRequestToTheFirstSound() {
    assertThat(ear.samples(1_050 * MILLI, BYTES_OF_20_MS)).isTrue();
    assertThat(ear.samples(1_060 * MILLI, BYTES_OF_20_MS)).isFalse();
    Heard heard = ear.ended(1_100 * MILLI, true);
    assertThat(heard.firstMillis()).isEqualTo(50);
    assertThat(heard.totalMillis()).isEqualTo(100);
  }

  @Test
  void soundThatComesBeforeItIsPlayedLeavesNoGap() {
    ear.samples(1_050 * MILLI, BYTES_OF_20_MS);
    ear.samples(1_070 * MILLI, BYTES_OF_20_MS);
    assertThat(ear.ended(1_200 * MILLI, true).ranDry()).isFalse();
  }

  @Test
  void tellsTheLongestGap() {
    ear.samples(1_050 * MILLI, BYTES_OF_20_MS);
    ear.samples(1_075 * MILLI, BYTES_OF_20_MS);
    ear.samples(1_107 * MILLI, BYTES_OF_20_MS);
    ear.samples(1_128 * MILLI, BYTES_OF_20_MS);
    assertThat(ear.ended(1_200 * MILLI, true).gapNanos()).isEqualTo(12 * MILLI);
  }

  @Test
  void anAnswerWithoutSoundIsNotGood() {
    assertThat(ear.ended(1_100 * MILLI, true).good()).isFalse();
  }
}
