package dev.parley.hub.bench.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void theMedianLiesInTheMiddle() {
    assertThat(new Figures(List.of(9.0, 1.0, 3.0)).median()).isEqualTo(3);
    assertThat(new Figures(List.of(4.0, 1.0)).median()).isEqualTo(2.5);
  }

  @Test
  void percentilesLieBetweenValues() {
    double[] sorted = {0, 10, 20, 30, 40};
    assertThat(Figures.percentile(sorted, 0)).isZero();
    assertThat(Figures.percentile(sorted, 0.9)).isCloseTo(36, within(1e-9));
    assertThat(Figures.percentile(sorted, 1)).isEqualTo(40);
    assertThat(Figures.percentile(new double[] {7}, 0.9)).isEqualTo(7);
  }

  @Test
  void numbersHaveTheDigitsTheyNeed() {
    assertThat(Figures.number(-120)).isEqualTo("-120");
    assertThat(Figures.number(12345.6)).isEqualTo("12346");
    assertThat(Figures.number(44.14)).isEqualTo("44.1");
    assertThat(Figures.number(0.9514)).isEqualTo("0.951");
    assertThat(Figures.number(1e-5)).isEqualTo("1.0e-05");
    assertThat(Figures.of(3.5).text()).isEqualTo("3.500");
    assertThat(new Figures(List.of(1.0, 3.0, 2.0)).text()).isEqualTo("2 (1..3)");
  }
}
