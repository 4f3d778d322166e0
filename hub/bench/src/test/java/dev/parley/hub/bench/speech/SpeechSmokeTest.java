package dev.parley.hub.bench.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of it through real processes, in numbers that say nothing. */
class SpeechSmokeTest {

  private static final String FIGURE = "-?[0-9][0-9.e+-]*";

  @Test
  void everyRowHasItsFigure(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rows.csv");
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
    SpeechOptions options = SpeechOptions.parse(List.of("--quick", "--out", file.toString()));
    boolean good = SpeechBench.run(options, Clock.system(), out);
    String report = told.toString(StandardCharsets.UTF_8);
    assertThat(good).as(report).isTrue();
    assertThat(report)
        .contains("REST pcm, p50", "REST sse, callers that ran dry", "total / least possible")
        .contains("from a flush, p50", "REST opus", "gRPC pcm, max");
    List<String> rows =
        Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).skip(1).toList();
    assertThat(rows).hasSizeGreaterThan(50);
    assertThat(rows).allMatch(row -> row.matches(".*,1," + FIGURE));
  }
}
