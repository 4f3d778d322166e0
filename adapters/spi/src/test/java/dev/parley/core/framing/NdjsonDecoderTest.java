package dev.parley.core.framing;

import static dev.parley.core.framing.Streams.lines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NdjsonDecoderTest {

  @Test
  void cutsAtLineEndsAndSkipsBlankLines() {
    byte[] stream = "{\"a\":1}\n\n \t\n{\"b\":2}\r\n\r\n3\n".getBytes(UTF_8);
    assertThat(lines(stream, List.of())).containsExactly("{\"a\":1}", "{\"b\":2}", "3");
  }

  @Test
  void handsOnALastLineWithoutItsEnd() {
    assertThat(lines("1\n2".getBytes(UTF_8), List.of())).containsExactly("1", "2");
    assertThat(lines("1\n2\r".getBytes(UTF_8), List.of())).containsExactly("1", "2");
    assertThat(lines(new byte[0], List.of())).isEmpty();
  }

  @Test
  void handsOnASliceOfTheChunk() {
    byte[] chunk = "1\n22\n".getBytes(UTF_8);
    List<byte[]> arrays = new ArrayList<>();
    new NdjsonDecoder(10).feed(chunk, 2, 5, (data, from, to) -> arrays.add(data));
    assertThat(arrays).singleElement().isSameAs(chunk);
  }

  @Test
  void refusesLinesBeyondTheLimit() {
    for (String stream :
        List.of("1234567890\r\n12345678901\n", "12345678901\r\n", "12345678901", "123456789012")) {
      byte[] bytes = stream.getBytes(UTF_8);
      for (int step : List.of(1, 7, bytes.length)) {
        NdjsonDecoder decoder = new NdjsonDecoder(10);
        assertThatExceptionOfType(FrameTooLargeException.class)
            .isThrownBy(() -> {
              for (int from = 0; from < bytes.length; from += step) {
                decoder.feed(
                    bytes, from, Math.min(bytes.length, from + step), (data, start, end) -> {});
              }
              decoder.end((data, start, end) -> {});
            })
            .withMessage("line larger than 10 bytes");
      }
    }
  }

  @Provide
  Arbitrary<List<String>> streams() {
    return Combinators.combine(
            Arbitraries.of("", "{}", "{\"a\":\"é😀\"}", "[1, 2]", " "),
            Arbitraries.of("\n", "\r\n"))
        .as(String::concat)
        .list()
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 10_000).list().ofMaxSize(20);
  }

  @Property
  void decodesTheSameHoweverTheStreamIsCut(
      @ForAll("streams") List<String> rendered, @ForAll("cuts") List<Integer> positions) {
    byte[] stream = String.join("", rendered).getBytes(UTF_8);
    List<Integer> cuts = positions.stream().map(p -> p % (stream.length + 1)).sorted().toList();
    List<String> expected =
        rendered.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    assertThat(lines(stream, List.of())).isEqualTo(expected);
    assertThat(lines(stream, cuts)).isEqualTo(expected);
  }
}
