package dev.parley.hub.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsOptionsTest {

  @Test
  void everythingIsMeasuredUnlessTopicsAreNamed() {
    assertThat(KernelsOptions.parse(List.of()).topics()).containsExactlyInAnyOrder(Topic.values());
    assertThat(KernelsOptions.parse(List.of("--only", "fft", "--only", "vad")).topics())
        .containsExactlyInAnyOrder(Topic.FFT, Topic.VAD);
  }

  @Test
  void wordsBehindOptionsAreTheirs() {
    KernelsOptions options =
        KernelsOptions.parse(List.of("--rounds", "3", "--models", "m", "--out", "o.csv"));
    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.models()).isEqualTo(Path.of("m"));
    assertThat(options.out()).contains(Path.of("o.csv"));
  }

  @Test
  void mistakesAreShownWithWhatIsAllowed() {
    assertThatThrownBy(() -> KernelsOptions.parse(List.of("--rounds", "0")))
        .hasMessage("--rounds: \"0\" (expected: a whole number, 1..100)");
    assertThatThrownBy(() -> KernelsOptions.parse(List.of("--only", "noise")))
        .hasMessageContaining("fft, resample, vad, denoise, live, codec");
    assertThatThrownBy(() -> KernelsOptions.parse(List.of("--python")))
        .hasMessage("--python needs a value");
    assertThatThrownBy(() -> KernelsOptions.parse(List.of("--fast")))
        .hasMessageContaining("unknown option: --fast");
  }
}
