package dev.parley.hub.bench.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorSmokeTest {

  @Test
  void everyCallEndsWholeBothWays() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
    ExecutorBench.run(ExecutorOptions.parse(List.of("--quick")), Clock.system(), out);
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("whole answer", "stream of 100 events", "added for an event");
  }
}
