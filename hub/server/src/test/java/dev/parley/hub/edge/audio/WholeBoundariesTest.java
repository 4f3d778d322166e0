package dev.parley.hub.edge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.multipart.Multipart;
import com.linecorp.armeria.common.stream.StreamMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms say the same however their bytes are parted on the way. */
class WholeBoundariesTest {

  private static final String BOUNDARY = "a-Boundary";

  private static byte[] form(String file, String value, String end) {
    return String.join(
            "\r\n",
            "--" + BOUNDARY,
            "content-disposition: form-data; name=\"file\"; filename=\"a.wav\"",
            "",
            file,
            "--" + BOUNDARY,
            "content-disposition: form-data; name=\"stream\"",
            "",
            value,
            "--" + BOUNDARY + "--" + end)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What the parser reads when the bytes come in pieces that end there. */
  private static String read(byte[] body, Iterable<Integer> ends) {
    List<HttpData> pieces = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      pieces.add(HttpData.wrap(Arrays.copyOfRange(body, from, end)));
      from = end;
    }
    pieces.add(HttpData.wrap(Arrays.copyOfRange(body, from, body.length)));
    HttpRequest request =
        HttpRequest.of(
            RequestHeaders.of(HttpMethod.POST, "/"),
            StreamMessage.of(pieces.toArray(new HttpData[0])));
    return Multipart.from(BOUNDARY, request.decode(new WholeBoundaries(BOUNDARY)))
        .aggregate()
        .join()
        .bodyParts()
        .stream()
        .map(part -> part.name() + "=" + part.contentUtf8())
        .collect(Collectors.joining(";"));
  }

  /** Twice within what a boundary and its line breaks take, from every place on. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n"})
  void readsAFormThatIsPartedAnywhere(String end) {
    byte[] body = form("RIFF", "true", end);
    for (int first = 1; first < body.length; first++) {
      int last = Math.min(body.length, first + 2 * BOUNDARY.length());
      for (int second = first + 1; second < last; second++) {
        assertThat(read(body, List.of(first, second)))
            .as("%s, %s", first, second)
            .isEqualTo("file=RIFF;stream=true");
      }
    }
  }

  @Test
  void readsAFormOfWhichEachByteComesAlone() {
    byte[] body = form("RIFF", "true", "\r\n");
    assertThat(read(body, IntStream.range(1, body.length).boxed().toList()))
        .isEqualTo("file=RIFF;stream=true");
  }

  @Test
  void readsLinesThatEndWithLineFeedsAlone() {
    byte[] body =
        new String(form("RIFF", "true", "\r\n"), StandardCharsets.UTF_8)
            .replace("\r", "")
            .getBytes(StandardCharsets.UTF_8);
    for (int end = 1; end < body.length; end++) {
      assertThat(read(body, List.of(end))).as("%s", end).isEqualTo("file=RIFF;stream=true");
    }
  }

  @Property(tries = 1_000)
  void readsWhatLooksLikeABoundary(
      @ForAll("contents") String file,
      @ForAll("contents") String value,
      @ForAll List<@IntRange(min = 1, max = 300) Integer> cuts) {
    byte[] body = form(file, value, "\r\n");
    TreeSet<Integer> ends = new TreeSet<>(cuts);
    ends.removeIf(end -> end >= body.length);
    assertThat(read(body, ends)).isEqualTo("file=" + file + ";stream=" + value);
  }

  @Provide
  Arbitrary<String> contents() {
    return Arbitraries.of(
            "\r\n", "--", "--a", "\r", "\n", "-", "a-Boundary", "x", "--a-Boundar", "\r\n--", " ")
        .list()
        .ofMaxSize(7)
        .map(bits -> "v" + String.join("", bits))
        .filter(text -> !text.contains("--" + BOUNDARY));
  }
}
