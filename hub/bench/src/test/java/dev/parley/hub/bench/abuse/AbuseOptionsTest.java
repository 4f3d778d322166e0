package dev.parley.hub.bench.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AbuseOptionsTest {

  @Test
  void readsEveryOption() {
    String words = "--rounds 2 --seconds 4 --connections 50 --rate 7 --out a.csv";
    assertThat(AbuseOptions.parse(List.of(words.split(" "))))
        .isEqualTo(
            new AbuseOptions(2, Duration.ofSeconds(4), 50, 7, Optional.of(Path.of("a.csv"))));
  }

  @Test
  void saysWhatIsWrongAndWhatIsAllowed() {
    assertThatThrownBy(() -> AbuseOptions.parse(List.of("--rate", "0")))
        .hasMessage("--rate: \"0\" (expected: a whole number, 1..10000)");
    assertThatThrownBy(() -> AbuseOptions.parse(List.of("--slow")))
        .hasMessageContaining("unknown option: --slow (known: --rounds");
    assertThatThrownBy(() -> AbuseOptions.parse(List.of("--out")))
        .hasMessage("--out needs a value");
  }
}
