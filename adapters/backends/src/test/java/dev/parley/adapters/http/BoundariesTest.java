package dev.parley.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BoundariesTest {

  @Test
  void noTwoAreAlikeAndAllFitIntoAHead() {
    assertThat(Stream.generate(Boundaries::next).limit(1_000))
        .doesNotHaveDuplicates()
        .allMatch(boundary -> boundary.matches("[0-9a-f]{32}"));
  }
}
