package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.openai.FakeOpenAi;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * What a REST caller and a backend of the same dialect say to each other passes byte by byte: no
 * number, no order, no null, no escape and no blank is touched.
 */
class ByteFidelityTest {

  private static final FakeOpenAi openai = new FakeOpenAi();

  private static final HubUnderTest hub =
      HubUnderTest.of(
              Configs.OPENAI
                  + """
                  models:
                    - id: assistant
                      targets: [ { backend: openai, model: gpt-4o-mini } ]
                  """)
          .behind("OPENAI", openai);

  private final Http http = new Http(hub);

  @BeforeContainer
  static void start() throws Exception {
    hub.start();
  }

  @AfterContainer
  static void stop() throws Exception {
    hub.stop();
  }

  @AfterTry
  void holdsNothing() {
    hub.holdsNothing();
  }

  @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
  void aRequestArrivesAsItWasSent(@ForAll("members") List<String> members) {
    String body = withMembers(Http.chatBody("gpt-4o-mini", "hi", ""), members);
    send(body);
    assertThat(arrived()).isEqualTo(body);
  }

  @Property(tries = 50, shrinking = ShrinkingMode.BOUNDED)
  void onlyTheModelIsChangedForAnAlias(@ForAll("members") List<String> members) {
    String body = withMembers(Http.chatBody("assistant", "hi", ""), members);
    send(body);
    assertThat(arrived()).isEqualTo(body.replace("\"assistant\"", "\"gpt-4o-mini\""));
  }

  @Property(tries = 50, shrinking = ShrinkingMode.BOUNDED)
  void onlyTheUsageOptionIsAddedToAStream(@ForAll("members") List<String> members) {
    String body = withMembers(Http.chatBody("gpt-4o-mini", "hi", ",\"stream\":true"), members);
    send(body);
    int end = body.substring(0, body.length() - 1).stripTrailing().length();
    String added = ",\"stream_options\":{\"include_usage\":true}";
    assertThat(arrived()).isEqualTo(body.substring(0, end) + added + body.substring(end));
  }

  @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
  void aReplyArrivesAsItWasSent(@ForAll("members") List<String> members, @ForAll("cuts") int cut) {
    String reply = withMembers("{\"choices\":[]}", members);
    openai.enqueue(
        Behaviour.reply(
                new Answer(
                    200, Map.of("content-type", "application/json"), List.of(bytes(reply)), true))
            .cutInto(cut));
    assertThat(http.chat("hi", "").text()).isEqualTo(reply);
  }

  @Property(tries = 80, shrinking = ShrinkingMode.BOUNDED)
  void chunksArriveAsTheyWereSent(
      @ForAll("members") List<String> members, @ForAll("cuts") int cut) {
    String chunk = withMembers(StreamFramingTest.chunk("{\"content\":\"a\"}", "null"), members);
    String last = StreamFramingTest.chunk("{}", "\"stop\"");
    String stream = "data: " + chunk + "\n\ndata: " + last + "\n\ndata: [DONE]\n\n";
    openai.enqueue(Behaviour.reply(Answer.events(List.of(stream))).cutInto(cut));
    assertThat(http.stream("hi", "").text()).isEqualTo(stream);
  }

  private void send(String body) {
    Reply reply = http.post(Http.CHAT, body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  private static String arrived() {
    return openai.requests(Http.CHAT).getLast().text();
  }

  /** Puts members behind those of an object. */
  private static String withMembers(String object, List<String> members) {
    return members.isEmpty()
        ? object
        : object.substring(0, object.length() - 1) + "," + String.join(",", members) + "}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<Integer> cuts() {
    return Arbitraries.of(3, 7, 64, 100_000);
  }

  /** Members that no one knows, with values of any depth. */
  @Provide
  Arbitrary<List<String>> members() {
    return value()
        .list()
        .ofMaxSize(4)
        .map(values -> {
          StringBuilder names = new StringBuilder();
          return values.stream().map(value -> "\"x" + names.append('x') + "\":" + value).toList();
        });
  }

  private static Arbitrary<String> value() {
    Arbitrary<String> leaf =
        Arbitraries.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-0.0",
            "1.0",
            "1",
            "1.50",
            "1e5",
            "1E+5",
            "1e-07",
            "12345678901234567890",
            "9007199254740993",
            "-1.7976931348623157e308",
            "0.1000000000000000055511151231257827",
            "\"\"",
            "\"\\u00e9\"",
            "\"é\"",
            "\"\\/\"",
            "\"/\"",
            "\"\\ud83c\\udf88\"",
            "\"🎈\"",
            "\"\\n\\t\\u0000\"",
            "\"\u007f\"",
            "{}",
            "[]",
            " { } ",
            "[ ]",
            " 7 ");
    return Arbitraries.lazyOf(
        () -> leaf,
        () -> leaf,
        () -> value().list().ofMaxSize(3).map(values -> "[" + String.join(" ,", values) + "]"),
        () ->
            value()
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(values -> {
                  StringBuilder object = new StringBuilder("{");
                  for (int i = 0; i < values.size(); i++) {
                    object.append(i == 0 ? "" : ", ").append("\"z").append(9 - i).append("\": ");
                    object.append(values.get(i));
                  }
                  return object.append("}").toString();
                }));
  }
}
