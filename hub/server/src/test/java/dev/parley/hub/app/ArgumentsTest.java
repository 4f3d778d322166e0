package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  private static final Option PORT = new Option("port", "NUMBER", "");
  private static final Option PRINT = new Option("print", "", "");

  private static Arguments parse(String... given) throws UsageException {
    return Arguments.parse(List.of(given), List.of(PORT, PRINT), 1);
  }

  @Test
  void readsBothSpellingsOfAValue() throws UsageException {
    assertThat(parse("--port", "80").get(PORT)).contains("80");
    assertThat(parse("--port=80", "--print", "word").get(PORT)).contains("80");
    assertThat(parse("--print", "word").words()).containsExactly("word");
  }

  @Test
  void tellsTheNearestOption() {
    assertThatThrownBy(() -> parse("--prot", "80"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("did you mean --port?");
  }

  @Test
  void refusesWhatHasTwoMeanings() {
    assertThatThrownBy(() -> parse("--port", "1", "--port", "2")).hasMessageContaining("twice");
    assertThatThrownBy(() -> parse("--port")).hasMessageContaining("needs a value");
    assertThatThrownBy(() -> parse("--port", "--print")).hasMessageContaining("needs a value");
    assertThatThrownBy(() -> parse("--print=1")).hasMessageContaining("takes no value");
    assertThatThrownBy(() -> parse("a", "b")).hasMessageContaining("unexpected word \"b\"");
  }

  @Test
  void refusesNumbersOutOfBounds() throws UsageException {
    assertThat(parse("--port", "65535").number(PORT, 0, 65_535)).contains(65_535);
    for (String wrong : List.of("65536", "-1", "x", "99999999999")) {
      assertThatThrownBy(() -> parse("--port=" + wrong).number(PORT, 0, 65_535))
          .hasMessageContaining("expected: 0..65535");
    }
  }
}
