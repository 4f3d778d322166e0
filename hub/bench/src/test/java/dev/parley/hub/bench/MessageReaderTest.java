package dev.parley.hub.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.bench.http.EventCutter;
import dev.parley.hub.bench.http.MessageReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

  private static final String STREAM =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "Transfer-Encoding: chunked",
          "",
          "a",
          "data: one\n",
          "1;x=y",
          "\n",
          "10",
          ": no\n\ndata: two\n",
          "1",
          "\n",
          "0",
          "",
          "");
  private static final String WHOLE = "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void findsMessagesHoweverTheyAreCut(int step) {
    List<String> found = new ArrayList<>();
    EventCutter cutter =
        new EventCutter((bytes, length) -> found.add(new String(bytes, 0, length, US_ASCII)));
    MessageReader reader =
        new MessageReader(
            new MessageReader.Sink() {
              @Override
              public void head(byte[] bytes, int length) {
                found.add(new String(bytes, 9, 3, US_ASCII));
              }

              @Override
              public void body(byte[] bytes, int from, int to) {
                cutter.feed(bytes, from, to);
              }

              @Override
              public void end() {
                found.add("end");
              }
            });
    byte[] bytes = (STREAM + WHOLE).getBytes(US_ASCII);
    for (int at = 0; at < bytes.length; at += step) {
      reader.feed(bytes, at, Math.min(bytes.length, at + step));
    }
    assertThat(found).containsExactly("200", "data: one\n", "data: two\n", "end", "404", "end");
  }
}
