package dev.parley.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UsageTest {

  private final Usage usage =
      new Usage(
          """
          Something first.

          usage: parley bench proxy [options]

            --rounds N      how often
            --quick         once

          usage: parley bench codecs [options]

            --files DIR     what to break
          """);

  @Test
  void teachesOneBenchmarkAtATimeWithAnExample() {
    assertThat(usage.of("proxy").orElseThrow())
        .startsWith("usage: parley bench proxy")
        .contains("--rounds N", "Such as: parley bench proxy --quick")
        .doesNotContain("codecs");
    assertThat(usage.of("codecs").orElseThrow()).endsWith("Such as: parley bench codecs\n");
    assertThat(usage.of("nothing")).isEmpty();
  }

  @Test
  void tellsTheNearestBenchmarkAndTheNearestOption() {
    assertThat(usage.unknown("proxi"))
        .isEqualTo("unknown benchmark \"proxi\"; did you mean proxy? (known: proxy, codecs)");
    assertThat(usage.unknown("zzz\n"))
        .isEqualTo("unknown benchmark \"zzz\\n\" (known: proxy, codecs)");
    assertThat(usage.nearest("proxy", List.of("--rounds", "3", "--quik")))
        .isEqualTo("; did you mean --quick?");
    assertThat(usage.nearest("proxy", List.of("--rounds", "x"))).isEmpty();
    assertThat(usage.nearest("nothing", List.of("--x"))).isEmpty();
  }
}
