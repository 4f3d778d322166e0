package dev.parley.hub.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvLineTest {

  @Test
  void quotesWhatHoldsCommasQuotesOrEndsOfLines() {
    assertThat(CsvLine.of("a", "b, c", "say \"d\"", "e\nf", ""))
        .isEqualTo("a,\"b, c\",\"say \"\"d\"\"\",\"e\nf\",");
  }

  @Test
  void firstFieldsMayBeEmptyOrNumbers() {
    assertThat(CsvLine.of("", "a")).isEqualTo(",a");
    assertThat(new CsvLine().known(-1).number(-2).text("a").line()).isEqualTo(",-2,a");
  }

  @Test
  void textIsNoFormulaButFiguresMayBeBelowZero() {
    assertThat(new CsvLine().text("=1+1").figure(-0.5).figure(-1.25, 1).line())
        .isEqualTo("'=1+1,-0.5,-1.3");
  }
}
