package dev.parley.hub.bench.recognize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecognizeOptionsTest {

  @Test
  void readsWhatWasAskedFor() {
    RecognizeOptions options =
        RecognizeOptions.parse(
            List.of("--rounds", "7", "--streams", "0", "--upload-mb", "20", "--out", "x.csv"));
    assertThat(options.rounds()).isEqualTo(7);
    assertThat(options.streams()).isZero();
    assertThat(options.uploadMb()).isEqualTo(20);
    assertThat(options.out().orElseThrow()).hasToString("x.csv");
  }

  @Test
  void tellsWhatAnOptionExpects() {
    assertThatThrownBy(() -> RecognizeOptions.parse(List.of("--seconds", "5")))
        .hasMessage("--seconds: \"5\" (expected: a whole number, 6..600)");
    assertThatThrownBy(() -> RecognizeOptions.parse(List.of("--fast")))
        .hasMessageContaining("--upload-mb");
  }
}
