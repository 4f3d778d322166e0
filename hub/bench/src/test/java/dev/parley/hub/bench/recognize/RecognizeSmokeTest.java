package dev.parley.hub.bench.recognize;

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
class RecognizeSmokeTest {

  private static final String FIGURE = "-?[0-9][0-9.E+-]*";

  @Test
  void everyRowHasItsFigure(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rows.csv");
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
    RecognizeOptions options =
        RecognizeOptions.parse(
            List.of("--quick", "--models", folder.resolve("none").toString(), "--out", "" + file));
    boolean good = RecognizeBench.run(options, Clock.system(), out);
    String report = told.toString(StandardCharsets.UTF_8);
    assertThat(good).as(report).isTrue();
    assertThat(report)
        .contains("opus, p99", "end of speech to the request, p99", "wall time")
        .contains("longest time without a result in a phrase, longest");
    List<String> rows =
        Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).skip(1).toList();
    assertThat(rows).hasSizeGreaterThan(40);
    assertThat(rows).allMatch(row -> row.matches(".*,1," + FIGURE));
  }
}
