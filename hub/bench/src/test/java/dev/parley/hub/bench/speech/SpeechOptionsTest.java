package dev.parley.hub.bench.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeechOptionsTest {

  @Test
  void readsWhatWasAskedFor() {
    SpeechOptions options =
        SpeechOptions.parse(List.of("--rounds", "7", "--sentence-ms", "2000", "--out", "x.csv"));
    assertThat(options.rounds()).isEqualTo(7);
    assertThat(options.sentence()).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.out().orElseThrow()).hasToString("x.csv");
  }

  @Test
  void tellsWhatAnOptionExpects() {
    assertThatThrownBy(() -> SpeechOptions.parse(List.of("--rounds", "0")))
        .hasMessage("--rounds: \"0\" (expected: a whole number, 1..100)");
    assertThatThrownBy(() -> SpeechOptions.parse(List.of("--fast")))
        .hasMessageContaining("--quick");
  }
}
