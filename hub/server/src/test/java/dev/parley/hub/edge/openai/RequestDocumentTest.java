package dev.parley.hub.edge.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.Modality;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDocumentTest {

  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"model\":5                    | model                 | 5          | a string",
        "\"stream\":\"yes\"             | stream                | \"yes\"    | a boolean",
        "\"stream_options\":[]          | stream_options        | an array   | an object",
        "\"temperature\":\"hot\"        | temperature           | \"hot\"    | a number",
        "\"top_p\":{}                   | top_p                 | an object  | a number",
        "\"n\":0                        | n                     | 0          | an integer in 1..128",
        "\"n\":1.5                      | n                     | 1.5        | an integer in 1..128",
        "\"n\":1e400                    | n                     | 1e400      | an integer in 1..128",
        "\"max_tokens\":-1              | max_tokens            | -1         | an integer, at least 0",
        "\"max_tokens\":\"9\"           | max_tokens            | \"9\"      | an integer, at least 0",
        "\"max_completion_tokens\":true | max_completion_tokens | true       | an integer, at least 0",
        "\"stop\":7                     | stop                  | 7          | a string or an array",
        "\"seed\":\"x\"                 | seed                  | \"x\"      | a number",
        "\"logit_bias\":[]              | logit_bias            | an array   | an object",
        "\"user\":1                     | user                  | 1          | a string",
        "\"logprobs\":3                 | logprobs              | 3          | a boolean",
        "\"top_logprobs\":[]            | top_logprobs          | an array   | an integer in 0..2147483647",
        "\"tools\":{}                   | tools                 | an object  | an array",
        "\"tool_choice\":1              | tool_choice           | 1          | a string or an object",
        "\"parallel_tool_calls\":0      | parallel_tool_calls   | 0          | a boolean",
        "\"response_format\":\"json\"   | response_format       | \"json\"   | an object",
        "\"modalities\":\"text\"        | modalities            | \"text\"   | an array",
        "\"modalities\":[1]             | modalities            | 1          | an array of strings",
        "\"audio\":false                | audio                 | false      | an object",
        "\"metadata\":[]                | metadata              | an array   | an object",
        "\"reasoning_effort\":3         | reasoning_effort      | 3          | a string",
      })
  void refusesWrongKinds(String member, String field, String got, String expected) {
    assertThat(refused(CallKind.CHAT, "{" + MESSAGES + "," + member + "}"))
        .isEqualTo(new HubError.InvalidRequest(field, got, expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}                                                   | messages                 | missing",
        "{\"messages\":null}                                  | messages                 | missing",
        "{\"messages\":[]}                                    | messages                 | an empty array",
        "{\"messages\":\"hi\"}                                | messages                 | \"hi\"",
        "{\"messages\":\"hi\",\"messages\":[{\"role\":\"u\"}]}| messages                 | \"hi\"",
        "{\"messages\":[3]}                                   | messages[0]              | 3",
        "{\"messages\":[{\"role\":\"u\"},{}]}                 | messages[1].role         | missing",
        "{\"messages\":[{\"role\":\"\"}]}                     | messages[0].role         | \"\"",
        "{\"messages\":[{\"role\":1}]}                        | messages[0].role         | 1",
        "{\"messages\":[{\"role\":\"u\",\"content\":{}}]}     | messages[0].content      | an object",
        "{\"messages\":[{\"role\":\"u\",\"content\":[{}]}]}   | messages[0].content[0].type | missing",
        "{\"messages\":[{\"role\":\"u\",\"content\":[\"x\"]}]}| messages[0].content[0]   | \"x\"",
        "{\"messages\":[{\"role\":\"u\",\"content\":[{\"type\":7}]}]} | messages[0].content[0].type | 7",
      })
  void refusesConversationsThatAreNone(String body, String field, String got) {
    assertThat(refused(CallKind.CHAT, body))
        .satisfies(error -> assertThat(error.field()).isEqualTo(field))
        .satisfies(error -> assertThat(error.got()).isEqualTo(got));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}                        | input    | missing",
        "{\"input\":null}          | input    | missing",
        "{\"input\":\"\"}          | input    | an empty string",
        "{\"input\":[]}            | input    | an empty array",
        "{\"input\":[\"a\",\"\"]}  | input[1] | an empty string",
        "{\"input\":[\"a\",1]}     | input[1] | 1",
        "{\"input\":[[1],[\"x\"]]} | input[1] | \"x\"",
        "{\"input\":[true]}        | input[0] | true",
        "{\"input\":7}             | input    | 7",
        "{\"input\":\"a\",\"encoding_format\":\"int8\"} | encoding_format | \"int8\"",
        "{\"input\":\"a\",\"dimensions\":0} | dimensions | 0",
      })
  void refusesInputsThatAreNone(String body, String field, String got) {
    assertThat(refused(CallKind.EMBEDDING, body))
        .satisfies(error -> assertThat(error.field()).isEqualTo(field))
        .satisfies(error -> assertThat(error.got()).isEqualTo(got));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"\"a\"", "[\"a\",\"b\"]", "[1,2,3]", "[[1,2],[3]]", "[{\"text\":\"a\"}]"})
  void takesEveryFormOfInput(String input) {
    assertThat(read(CallKind.EMBEDDING, "{\"input\":" + input + "}").head().stream()).isFalse();
  }

  @Test
  void anEmptyPromptIsAPrompt() {
    assertThat(read(CallKind.COMPLETION, "{\"prompt\":\"\"}").head().model()).isEmpty();
  }

  @Test
  void readsTheHead() {
    RequestDocument read =
        read(
            CallKind.CHAT,
            "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                + "\"modalities\":[\"text\",\"audio\",\"smell\"],\"messages\":[{\"role\":\"user\",\"content\":"
                + "[{\"type\":\"text\"},{\"type\":\"image_url\"},{\"type\":\"input_audio\"},{\"type\":\"new\"}]}]}");
    assertThat(read.head().model()).isEqualTo("m");
    assertThat(read.head().stream()).isTrue();
    assertThat(read.head().includeUsage()).isTrue();
    assertThat(read.head().inputs())
        .containsExactlyInAnyOrder(Modality.TEXT, Modality.IMAGE, Modality.AUDIO);
    assertThat(read.head().outputs()).containsExactlyInAnyOrder(Modality.TEXT, Modality.AUDIO);
  }

  @Test
  void leavesTheBytesAlone() {
    String body = "{ \"vendor\" : 1e2 ,\n" + MESSAGES + "}";
    assertThat(read(CallKind.CHAT, body).root().raw()).isEqualTo(body);
  }

  @Test
  void nullCountsAsAbsent() {
    assertThat(
            read(CallKind.CHAT, "{\"stream\":null,\"model\":null," + MESSAGES + "}").head().model())
        .isEmpty();
  }

  @Test
  void mergesExtraBodyOverTheRest() {
    JsonValue root =
        read(
                CallKind.CHAT,
                "{\"top_k\":1,"
                    + MESSAGES
                    + ",\"extra_body\":{\"top_k\":2,\"min_p\":0.1,\"min_p\":0.2}}")
            .root();
    assertThat(root.get("extra_body")).isNull();
    assertThat(root.object().hasDuplicates()).isFalse();
    assertThat(Objects.requireNonNull(root.get("top_k")).asLong()).isEqualTo(2);
    assertThat(Objects.requireNonNull(root.get("min_p")).raw()).isEqualTo("0.2");
  }

  @Test
  void checksWhatExtraBodyBrings() {
    assertThat(refused(CallKind.CHAT, "{" + MESSAGES + ",\"extra_body\":{\"n\":\"x\"}}").field())
        .isEqualTo("n");
  }

  /** Merging must not take time that grows with the square of the members. */
  @Test
  void mergesALargeExtraBodyQuickly() {
    String many =
        IntStream.range(0, 60_000)
            .mapToObj(i -> "\"k" + i + "\":1")
            .collect(Collectors.joining(","));
    String body = "{" + MESSAGES + ",\"extra_body\":{" + many + "}}";
    assertTimeout(Duration.ofSeconds(4), () -> read(CallKind.CHAT, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":         | line 1, column 6",
        "{\"a\":1,}      | line 1, column 8",
        "{'a':1}         | line 1, column 2",
        "{\"a\":01}      | line 1, column 7",
        "{} x            | line 1, column 4",
        "{\"a\":NaN}     | line 1, column 6",
      })
  void saysWhereTheTextIsMalformed(String body, String position) {
    HubError.InvalidRequest error = refused(CallKind.CHAT, body);
    assertThat(error.field()).isEqualTo("body");
    assertThat(error.got()).startsWith("malformed JSON: " + position);
  }

  @Test
  void refusesWhatIsNoObject() {
    assertThat(refused(CallKind.CHAT, "[]").got()).isEqualTo("an array");
    assertThat(refused(CallKind.CHAT, "").got()).isEqualTo("empty");
  }

  @Test
  void refusesDeepNesting() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(refused(CallKind.CHAT, "{\"a\":" + deep + "}").got()).contains("column 133");
  }

  @Test
  void refusesAMillionElements() {
    assertThat(refused(CallKind.CHAT, "{\"a\":[" + "1,".repeat(1_000_000) + "1]}").got())
        .contains("malformed JSON: line 1");
  }

  @Test
  void refusesBadUtf8() {
    byte[] bytes = "{\"a\":\"x\"}".getBytes(StandardCharsets.ISO_8859_1);
    bytes[6] = (byte) 0xff;
    assertThat(refused(bytes).got()).startsWith("malformed JSON: line 1, column 7");
  }

  @Test
  void neverShowsLongContent() {
    String secret = "s".repeat(200);
    assertThat(refused(CallKind.CHAT, "{" + MESSAGES + ",\"n\":\"" + secret + "\"}").got())
        .isEqualTo("a string of 202 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'type':'image_url','image_url':{'url':'https://a/b'}          | .image_url.url",
        "'type':'image_url','image_url':{'url':'     HTTP://a/b'}      | .image_url.url",
        "'type':'image_url','image_url':{'url':'\\u0068t\\ttp:\\/\\/a'} | .image_url.url",
        "'type':'image_url','image_url':'http://a'                     | .image_url",
        "'type':'audio_url','audio_url':{'url':'http://a'}             | .audio_url.url",
        "'type':'video_url','video_url':{'url':'http://a'}             | .video_url.url",
        "'type':'file','file':{'file_data':'http://a'}                 | .file.file_data",
        "'type':'text','text':'t','uuid':'u','image_url':'http://a'    | .image_url",
        "'type':'new','frames':[{'at':'http://a'}]                     | .frames[0].at",
        "'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='} | ~~",
        "'type':'input_audio','input_audio':{'data':'AAAA'}            | ~~",
        "'type':'text','text':'look at http://a'                       | ~~",
        "'type':'file','file':{'filename':'C: notes.txt'}              | ~~",
      })
  void findsWhatABackendWouldFetch(String part, String link) {
    RequestDocument read = read(CallKind.CHAT, withPart(part));
    assertThat(read.head().link()).isEqualTo(link.isEmpty() ? "" : "messages[0].content[1]" + link);
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd, file",
    "ftp://a/b, ftp",
    "gopher://a, gopher",
    "JAVASCRIPT:x, javascript",
    "unix:/run/x, unix"
  })
  void refusesUrlsOfOtherSchemes(String url, String scheme) {
    String part = "'type':'image_url','image_url':{'url':'" + url + "'}";
    assertThat(refused(CallKind.CHAT, withPart(part)))
        .isEqualTo(
            new HubError.InvalidRequest(
                "messages[0].content[1].image_url.url",
                "a URL of scheme " + scheme,
                "a data: URL that holds the content"));
  }

  private static String withPart(String part) {
    return ("{'messages':[{'role':'user','content':[{'type':'text','text':'x'},{" + part + "}]}]}")
        .replace('\'', '"');
  }

  private static RequestDocument read(CallKind kind, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return RequestDocument.read(kind, bytes, bytes.length, JsonLimits.DEFAULT);
  }

  private static HubError.InvalidRequest refused(CallKind kind, String body) {
    return invalid(catchThrowableOfType(HubException.class, () -> read(kind, body)));
  }

  private static HubError.InvalidRequest refused(byte[] body) {
    return invalid(
        catchThrowableOfType(
            HubException.class,
            () -> RequestDocument.read(CallKind.CHAT, body, body.length, JsonLimits.DEFAULT)));
  }

  private static HubError.InvalidRequest invalid(HubException thrown) {
    assertThat(thrown).isNotNull();
    return (HubError.InvalidRequest) thrown.error();
  }
}
