package dev.parley.hub.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosSmokeTest {

  private static final List<String> OPTIONS =
      List.of("--seconds", "5", "--seed", "4711", "--callers", "8");

  @Test
  void nothingWrongHangsOrIsLeftBehind() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
    Verdict verdict = ChaosBench.run(ChaosOptions.parse(OPTIONS), Clock.system(), out);
    String report = told.toString(StandardCharsets.UTF_8);
    assertThat(verdict.calls()).as(report).isPositive();
    assertThat(verdict.wrong()).as(report).isZero();
    assertThat(verdict.hung()).as(report).isZero();
    assertThat(verdict.leaks()).as(report).isZero();
  }
}
