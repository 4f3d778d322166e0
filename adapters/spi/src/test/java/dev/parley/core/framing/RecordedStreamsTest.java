package dev.parley.core.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The streams that real backends answered with, whole and byte by byte.
class RecordedStreamsTest {

  private static List<Path> recordings(String suffix) throws IOException {
    Path folder =
        Path.of(System.getProperty("shared.dir", "absent"), "reference", "backends", "fixtures");
    assumeTrue(Files.isDirectory(folder), "no recordings here");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static List<Integer> everywhere(byte[] stream) {
    return IntStream.range(0, stream.length).boxed().toList();
  }

  @Test
  void decodesServerSentEvents() throws IOException {
    List<Path> recordings = recordings(".sse");
    assertThat(recordings).isNotEmpty();
    for (Path recording : recordings) {
      byte[] stream = Files.readAllBytes(recording);
      List<SseEvent> events = Streams.events(stream, List.of());
      assertThat(events)
          .as("%s", recording)
          .isNotEmpty()
          .allSatisfy(RecordedStreamsTest::isJsonOrDone);
      assertThat(Streams.events(stream, everywhere(stream))).isEqualTo(events);
      long dataLines =
          new String(stream, UTF_8).lines().filter(line -> line.startsWith("data:")).count();
      assertThat(events).hasSize((int) dataLines);
    }
  }

  private static void isJsonOrDone(SseEvent event) {
    assertThat(event.dataEquals("[DONE]") || Json.isValid(event.data(), event.from(), event.to()))
        .isTrue();
  }

  @Test
  void decodesLines() throws IOException {
    List<Path> recordings = recordings(".ndjson");
    assertThat(recordings).isNotEmpty();
    for (Path recording : recordings) {
      byte[] stream = Files.readAllBytes(recording);
      List<String> expected =
          new String(stream, UTF_8).lines().filter(line -> !line.isBlank()).toList();
      assertThat(Streams.lines(stream, List.of())).isEqualTo(expected);
      assertThat(Streams.lines(stream, everywhere(stream))).isEqualTo(expected);
      assertThat(expected)
          .allMatch(line -> Json.isValid(line.getBytes(UTF_8), 0, line.getBytes(UTF_8).length));
    }
  }
}
