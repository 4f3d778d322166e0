package dev.parley.core.framing;

import static dev.parley.core.framing.Streams.event;
import static dev.parley.core.framing.Streams.events;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseDecoderTest {

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void takesEveryLineEnd(String end) {
    String stream = "event: a~data: 1~~: ping~~data:2~data: 3~~data: [DONE]~~".replace("~", end);
    List<SseEvent> expected = List.of(event("a", "1"), event("", "2\n3"), event("", "[DONE]"));
    assertThat(events(stream)).isEqualTo(expected);
    byte[] bytes = stream.getBytes(UTF_8);
    assertThat(events(bytes, IntStream.range(0, bytes.length).boxed().toList()))
        .isEqualTo(expected);
  }

  @Test
  void makesNoBlankLineOfACutCrLf() {
    assertThat(events("data: 1\r\ndata: 2\r\n\r\n".getBytes(UTF_8), List.of(8, 17)))
        .containsExactly(event("", "1\n2"));
  }

  @Test
  void dropsAByteOrderMarkAtTheStartOnly() {
    byte[] stream = "\ufeffdata: 1\n\n\ufeffdata: 2\n\n".getBytes(UTF_8);
    for (int cut = 0; cut < 4; cut++) {
      assertThat(events(stream, List.of(cut))).containsExactly(event("", "1"));
    }
    assertThat(events("\ufeff")).isEmpty();
  }

  @Test
  void takesFieldsWithAndWithoutSpaceAndColon() {
    assertThat(events("data:x\n\n")).containsExactly(event("", "x"));
    assertThat(events("data:  x \n\n")).containsExactly(event("", " x "));
    assertThat(events("data\ndata\n\n")).containsExactly(event("", "\n"));
    assertThat(events("event\ndata: a:b\n\n")).containsExactly(event("", "a:b"));
  }

  @Test
  void ignoresUnknownFields() {
    assertThat(
            events("id: 1\nretry: 5\nDATA: no\n data: no\ndatas: no\ndat\n{\"x\":1}\ndata: 1\n\n"))
        .containsExactly(event("", "1"));
  }

  @Test
  void needsADataLineForAnEventButNoData() {
    assertThat(events("event: a\n\n\n\ndata: 1\n\n")).containsExactly(event("", "1"));
    assertThat(events("data:\n\n")).containsExactly(event("", ""));
    assertThat(events("event: a\nevent: b\ndata: 1\n\n")).containsExactly(event("b", "1"));
  }

  @Test
  void handsOnALastEventThatLacksItsBlankLine() {
    assertThat(events("data: 1\n\nevent: e\ndata: 2\n"))
        .containsExactly(event("", "1"), event("e", "2"));
    assertThat(events("data: 1\n\ndata: 2")).containsExactly(event("", "1"), event("", "2"));
    assertThat(events("data: 1\r")).containsExactly(event("", "1"));
    assertThat(events("event: e\n")).isEmpty();
    assertThat(events("")).isEmpty();
  }

  @Test
  void handsOnASliceOfTheChunk() {
    byte[] chunk = "data: one\n\ndata: two\n\n".getBytes(UTF_8);
    List<SseEvent> events = new ArrayList<>();
    new SseDecoder().feed(chunk, 0, chunk.length, events::add);
    assertThat(events).allSatisfy(event -> assertThat(event.data()).isSameAs(chunk));
    assertThat(events).extracting(SseEvent::from).containsExactly(6, 17);
  }

  @Test
  void readsOnlyItsPartOfTheChunk() {
    byte[] chunk = "xxdata: 1\n\nxx".getBytes(UTF_8);
    List<SseEvent> events = new ArrayList<>();
    new SseDecoder().feed(chunk, 2, 11, events::add);
    assertThat(events).containsExactly(event("", "1"));
  }

  @Test
  void keepsEventsThatWereHandedOn() {
    SseDecoder decoder = new SseDecoder();
    List<SseEvent> events = new ArrayList<>();
    for (String chunk :
        List.of("da", "ta: 1\nda", "ta: 2\n\nda", "ta: 34", "5\n\n", "data: 6\n", "\n")) {
      decoder.feed(chunk.getBytes(UTF_8), 0, chunk.length(), events::add);
    }
    assertThat(events).containsExactly(event("", "1\n2"), event("", "345"), event("", "6"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: 12345678901",
        "data: 1234567\ndata: 890\n",
        "event: 12345678901\n",
        "data: 12345678901\n\n",
        "data\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\n",
        ": a comment that never ends but goes on"
      })
  void refusesEventsBeyondTheLimit(String stream) {
    byte[] bytes = stream.getBytes(UTF_8);
    for (int step : List.of(1, 7, bytes.length)) {
      SseDecoder decoder = new SseDecoder(10);
      assertThatExceptionOfType(FrameTooLargeException.class)
          .isThrownBy(() -> {
            for (int from = 0; from < bytes.length; from += step) {
              decoder.feed(bytes, from, Math.min(bytes.length, from + step), _ -> {});
            }
            decoder.end(_ -> {});
          })
          .withMessage("server-sent event larger than 10 bytes")
          .satisfies(refusal -> assertThat(refusal.bytesMax()).isEqualTo(10));
    }
  }

  @Test
  void countsEachEventAnew() {
    SseDecoder decoder = new SseDecoder(10);
    List<SseEvent> events = new ArrayList<>();
    byte[] chunk = ": ping\n\ndata: 1234567890\n\n".getBytes(UTF_8);
    for (int i = 0; i < 100; i++) {
      decoder.feed(chunk, 0, chunk.length, events::add);
    }
    assertThat(events).hasSize(100).containsOnly(event("", "1234567890"));
  }

  @Test
  void refusesSenselessLimits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SseDecoder(0))
        .withMessage("eventBytesMax: 0 (expected: 1..1073741824)");
  }

  /// Four MiB in single bytes takes hours when each read looks at the whole event again.
  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void takesTimeInProportionToTheBytes() {
    SseDecoder decoder = new SseDecoder();
    List<SseEvent> events = new ArrayList<>();
    byte[] one = {'x'};
    decoder.feed("data: ".getBytes(UTF_8), 0, 6, events::add);
    for (int i = 0; i < 1 << 22; i++) {
      decoder.feed(one, 0, 1, events::add);
    }
    decoder.end(events::add);
    assertThat(events).singleElement().extracting(SseEvent::length).isEqualTo(1 << 22);
  }

  @Test
  void comparesDataWithText() {
    assertThat(event("", "[DONE]").dataEquals("[DONE]")).isTrue();
    assertThat(event("", "[DONE] ").dataEquals("[DONE]")).isFalse();
    assertThat(event("", "[DOME]").dataEquals("[DONE]")).isFalse();
    assertThat(event("x", "secret")).hasToString("SSE event of 6 bytes");
    assertThat(event("", "é").dataText()).isEqualTo("é");
  }

  @Property
  void decodesTheSameHoweverTheStreamIsCut(
      @ForAll("streams") Rendered stream, @ForAll("cuts") List<Integer> positions) {
    byte[] bytes = stream.text().getBytes(UTF_8);
    List<Integer> cuts = positions.stream().map(p -> p % (bytes.length + 1)).sorted().toList();
    assertThat(events(bytes, List.of())).isEqualTo(stream.events());
    assertThat(events(bytes, cuts)).isEqualTo(stream.events());
  }

  /// A stream as it may look on the wire, and what it means.
  record Rendered(String text, List<SseEvent> events) {
    Rendered then(Rendered next) {
      List<SseEvent> both = new ArrayList<>(events);
      both.addAll(next.events);
      return new Rendered(text + next.text, both);
    }
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 10_000).list().ofMaxSize(40);
  }

  @Provide
  Arbitrary<Rendered> streams() {
    Arbitrary<Rendered> event =
        Combinators.combine(
                Arbitraries.of("", "segment", "é", "speech.audio.delta"),
                Arbitraries.of("", "x", "{\"a\":\"é😀\"}", " y", ":", "[DONE]")
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(3),
                Arbitraries.of("\n", "\r\n", "\r"),
                Arbitraries.of("", ": ping~", ":~id: 7~", "~~", "retry~"),
                Arbitraries.of("data: ", "data:"))
            .as(SseDecoderTest::render);
    return Combinators.combine(Arbitraries.of("", "\ufeff"), event.list().ofMaxSize(6))
        .as((mark, list) -> list.stream().reduce(new Rendered(mark, List.of()), Rendered::then));
  }

  private static Rendered render(
      String name, List<String> lines, String end, String noise, String field) {
    StringBuilder text = new StringBuilder(noise);
    if (!name.isEmpty()) {
      text.append("event: ").append(name).append('~');
    }
    for (String line : lines) {
      text.append(line.startsWith(" ") ? "data: " : field).append(line).append('~');
    }
    String wire = text.append('~').toString().replace("~", end);
    return new Rendered(wire, List.of(event(name, String.join("\n", lines))));
  }
}
