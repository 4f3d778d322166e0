package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.openai.FakeOpenAi;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Server-sent events as backends write them, cut where networks cut them. */
final class StreamFramingTest {

  private static final FakeOpenAi openai = new FakeOpenAi();

  @RegisterExtension
  static final HubUnderTest hub = HubUnderTest.of(Configs.OPENAI).behind("OPENAI", openai);

  /** With characters of two, three and four bytes. */
  private static final List<String> CHUNKS =
      List.of(
          chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
          chunk("{\"content\":\"grüße, 世界 🎈\"}", "null"),
          chunk("{\"content\":\"\\u00e9 \\ud83c\\udf88\"}", "null"),
          chunk("{}", "\"stop\""));

  private static final String PLAIN = frames("data: ", "\n\n") + "data: [DONE]\n\n";

  private final Http http = new Http(hub);

  /** One way to write the same stream. */
  enum Form {
    LF(text -> text),
    CRLF(text -> text.replace("\n", "\r\n")),
    CR(text -> text.replace('\n', '\r')),
    BOM(text -> "\ufeff" + text),
    NO_BLANK_AFTER_COLON(text -> text.replace("data: ", "data:")),
    COMMENTS(text -> ": OPENROUTER PROCESSING\n\n" + text.replace("\n\n", "\n\n: ping\n\n")),
    OTHER_FIELDS(text -> text.replace("data: {", "id: 7\nretry: 10\nevent: message\ndata: {")),
    BLANKS_BEHIND_DONE(text -> text.replace("[DONE]", "[DONE]  ")),
    NO_BLANK_LINE_AT_THE_END(String::strip);

    private final UnaryOperator<String> writing;

    Form(UnaryOperator<String> writing) {
      this.writing = writing;
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsEveryFormCutAnywhere(Form form) {
    String text = form.writing.apply(PLAIN);
    for (int cut : new int[] {1, 2, 3, 7, 64, 4096}) {
      assertThat(relayed(text, cut)).as(form + " cut into " + cut).isEqualTo(expected());
    }
  }

  @Test
  void joinsDataOfSeveralLines() {
    String first = CHUNKS.get(1);
    String split = first.replace(",\"choices\"", ",\ndata: \"choices\"");
    List<String> events = relayed(PLAIN.replace(first, split), 5);
    assertThat(events).hasSize(CHUNKS.size() + 1);
    assertThat(json(events.get(1))).isEqualTo(json(first));
  }

  @Test
  void skipsABrokenEvent() {
    List<String> events =
        relayed(PLAIN.replace("data: " + CHUNKS.get(2), "data: {\"choices\":[{\"ind"), 4096);
    assertThat(events).containsExactly(CHUNKS.get(0), CHUNKS.get(1), CHUNKS.get(3), "[DONE]");
  }

  @Test
  void finishesWithoutAnEndMark() {
    assertThat(relayed(frames("data: ", "\n\n"), 4096)).isEqualTo(expected());
  }

  @Test
  void passesWhatFollowsNoEndMark() {
    // Whatever a backend says behind its end mark, the caller's stream ends with one.
    assertThat(relayed(PLAIN + "data: {\"late\":true}\n\ndata: [DONE]\n\n", 4096))
        .isEqualTo(expected());
  }

  @Test
  void keepsToolCallDeltasAsTheyAre() {
    List<String> deltas =
        List.of(
            "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":1,\"id\":\"b\","
                + "\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]}",
            "{\"tool_calls\": [ {\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\","
                + "\"arguments\":null}} ]}",
            "{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{\\\"x\\\": \"}}]}",
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"},\"extra\":1.0}]}",
            "{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"1e5}\"}}]}");
    List<String> chunks =
        Stream.concat(
                deltas.stream().map(delta -> chunk(delta, "null")),
                Stream.of(chunk("{}", "\"tool_calls\"")))
            .toList();
    StringBuilder text = new StringBuilder();
    chunks.forEach(chunk -> text.append("data: ").append(chunk).append("\n\n"));
    assertThat(relayed(text + "data: [DONE]\n\n", 11))
        .isEqualTo(Stream.concat(chunks.stream(), Stream.of("[DONE]")).toList());
  }

  private List<String> relayed(String text, int cut) {
    openai.enqueue(Behaviour.reply(Answer.events(List.of(text))).cutInto(cut));
    Reply reply = http.stream("hi", "");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.events();
  }

  private static List<String> expected() {
    return Stream.concat(CHUNKS.stream(), Stream.of("[DONE]")).toList();
  }

  private static String frames(String before, String after) {
    StringBuilder text = new StringBuilder();
    CHUNKS.forEach(chunk -> text.append(before).append(chunk).append(after));
    return text.toString();
  }

  private static Object json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }

  static String chunk(String delta, String finish) {
    return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finish
        + "}]}";
  }
}
