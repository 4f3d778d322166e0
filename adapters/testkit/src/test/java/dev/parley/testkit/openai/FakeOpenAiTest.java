package dev.parley.testkit.openai;

import static dev.parley.testkit.backend.Http.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Http;
import dev.parley.testkit.content.Tone;
import dev.parley.testkit.content.Vectors;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FakeOpenAiTest {
  private static final String TOOLS =
      ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}]";

  private final FakeOpenAi fake = new FakeOpenAi();
  private final Http http = new Http();

  @BeforeEach
  void start() {
    fake.start();
  }

  @AfterEach
  void stop() {
    http.close();
    fake.close();
  }

  @Test
  void repeatsWhatTheUserSaid() throws Exception {
    var reply = chat("hello there", "");
    assertThat(reply.at("/choices/0/message/content").asText()).isEqualTo("You said: hello there");
    assertThat(reply.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(reply.at("/usage/prompt_tokens").asInt()).isEqualTo(2);
    assertThat(reply.at("/usage/total_tokens").asInt()).isEqualTo(6);
  }

  @Test
  void streamsTheSameInSeveralDeltas() throws Exception {
    var events = stream("hello there", "");
    assertThat(text(events, 0)).isEqualTo("You said: hello there");
    assertThat(events).hasSize(6).noneMatch(e -> e.has("usage"));
    assertThat(events.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    assertThat(events.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void sendsUsageInStreamsOnlyWhenAsked() throws Exception {
    var events = stream("hi", ",\"stream_options\":{\"include_usage\":true}");
    assertThat(events.getLast().path("choices")).isEmpty();
    assertThat(events.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(3);
    assertThat(events.getFirst().path("usage").isNull()).isTrue();
  }

  @Test
  void answersSeveralChoices() throws Exception {
    assertThat(chat("hi", ",\"n\":2").at("/choices/1/message/content").asText())
        .isEqualTo("You said: hi (2 of 2)");
    assertThat(text(stream("hi", ",\"n\":2"), 1)).isEqualTo("You said: hi (2 of 2)");
  }

  @Test
  void interleavesParallelToolCalls() throws Exception {
    var events = stream("weather in Paris and London", TOOLS);
    var first = arguments(events, 0);
    var second = arguments(events, 1);
    assertThat(String.join("", first)).isEqualTo("{\"city\":\"Paris\"}");
    assertThat(String.join("", second)).isEqualTo("{\"city\":\"London\"}");
    assertThat(first).hasSizeGreaterThan(2);
    assertThat(events.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
  }

  @Test
  void callsOneToolWhenParallelIsUnwanted() throws Exception {
    var reply = chat("weather in Paris and London", TOOLS + ",\"parallel_tool_calls\":false");
    assertThat(reply.at("/choices/0/message/tool_calls")).hasSize(1);
    assertThat(reply.at("/choices/0/message/tool_calls/0/function/arguments").isTextual()).isTrue();
  }

  @Test
  void usesToolResults() throws Exception {
    var reply =
        post(
            "/chat/completions",
            """
            {"model":"gpt-4o-mini","messages":[{"role":"user","content":"weather?"},
             {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function",
              "function":{"name":"get_weather","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"call_1","content":"sunny"}]%s}\
            """
                .formatted(TOOLS));
    assertThat(reply.at("/choices/0/message/content").asText()).isEqualTo("The tool said: sunny");
  }

  @Test
  void namesTheMediaItReceived() throws Exception {
    var audio = Base64.getEncoder().encodeToString(Tone.pcm(20));
    var reply =
        post(
            "/chat/completions",
            """
            {"model":"gpt-4o-mini","messages":[{"role":"user","content":[{"type":"text","text":"see"},
             {"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}},
             {"type":"input_audio","input_audio":{"format":"wav","data":"%s"}}]}]}\
            """
                .formatted(audio));
    assertThat(reply.at("/choices/0/message/content").asText())
        .isEqualTo("You said: see [image] [audio wav 960 bytes]");
  }

  @Test
  void speaksInPiecesThatDecodeAlone() throws Exception {
    var events =
        stream(
            "hi",
            ",\"modalities\":[\"text\",\"audio\"],\"audio\":{\"voice\":\"a\",\"format\":\"pcm16\"}");
    var sound = new ByteArrayOutputStream();
    var transcript = new StringBuilder();
    for (var event : events) {
      var audio = event.at("/choices/0/delta/audio");
      sound.writeBytes(Base64.getDecoder().decode(audio.path("data").asText()));
      transcript.append(audio.path("transcript").asText());
    }
    assertThat(transcript).hasToString("You said: hi");
    assertThat(sound.toByteArray()).isEqualTo(Tone.pcm(3 * Tone.MILLIS_PER_WORD));
  }

  @Test
  void echoesUnknownMembersWithTheirDigits() throws Exception {
    var echo = chat("hi", ",\"x_mine\":{\"a\":[1.50,12345678901234567890]}").path("echo_unknown");
    assertThat(echo).hasToString("{\"x_mine\":{\"a\":[1.50,12345678901234567890]}}");
  }

  @Test
  void refusesInNestedErrors() throws Exception {
    var noModel =
        post(
            "/chat/completions",
            "{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
    assertThat(noModel.at("/error/code").asText()).isEqualTo("model_not_found");
    assertThat(chat("[[context]]", "").at("/error/code").asText())
        .isEqualTo("context_length_exceeded");
    assertThat(chat("[[status 429]]", "").at("/error/code").asText())
        .isEqualTo("rate_limit_exceeded");
    assertThat(chat("hi", ",\"temperature\":3").at("/error/param").asText())
        .isEqualTo("temperature");
    assertThat(post("/chat/completions", "{").at("/error/type").asText())
        .isEqualTo("invalid_request_error");
    assertThat(post("/chat/completions", "{\"model\":\"gpt-4o-mini\"}").at("/error/param").asText())
        .isEqualTo("messages");
  }

  @Test
  void failsInMidStreamWithoutAnEndMark() throws Exception {
    var reply =
        http.post(at(fake, "/chat/completions"), request("[[error]] a b c", ",\"stream\":true"));
    assertThat(Http.events(reply.body()).getLast().at("/error/type").asText())
        .isEqualTo("server_error");
    assertThat(reply.body()).doesNotContain("[DONE]");
  }

  @Test
  void limitsAndFilters() throws Exception {
    assertThat(chat("a b c", ",\"max_tokens\":3").at("/choices/0/finish_reason").asText())
        .isEqualTo("length");
    assertThat(chat("[[filter]] a", "").at("/choices/0/finish_reason").asText())
        .isEqualTo("content_filter");
  }

  @Test
  void embedsEveryFormOfInput() throws Exception {
    var floats = embed("[\"a\",\"b\"]", "");
    assertThat(floats.at("/data/1/index").asInt()).isEqualTo(1);
    assertThat((float) floats.at("/data/1/embedding/0").asDouble())
        .isEqualTo(Vectors.of("b", 8)[0]);
    assertThat(embed("\"a\"", ",\"encoding_format\":\"base64\"").at("/data/0/embedding").asText())
        .isEqualTo(Vectors.base64(Vectors.of("a", 8)));
    assertThat(embed("[[1,2],[3]]", ",\"dimensions\":4").path("data")).hasSize(2);
    assertThat(embed("[1,2]", "").at("/usage/prompt_tokens").asInt()).isEqualTo(2);
    assertThat(embed("\"\"", "").at("/error/param").asText()).isEqualTo("input");
  }

  @Test
  void completesPrompts() throws Exception {
    var body = "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":[\"one\",\"two\"]%s}";
    var whole = post("/completions", body.formatted(""));
    assertThat(whole.at("/choices/1/text").asText()).isEqualTo("You said: two");
    assertThat(whole.path("object").asText()).isEqualTo("text_completion");
    var events = http.events(at(fake, "/completions"), body.formatted(",\"stream\":true"));
    assertThat(events.getFirst().path("object").asText()).isEqualTo("text_completion");
    assertThat(events.getFirst().at("/choices/0/text").asText()).isEqualTo("You");
  }

  @Test
  void listsModelsWithHeaders() throws Exception {
    fake.models("a/b", "c");
    var list = http.get(at(fake, "/models"));
    assertThat(list.headers().firstValue("x-request-id")).contains("req_1");
    assertThat(list.headers().firstValue("x-ratelimit-limit-requests")).isPresent();
    assertThat(http.get(at(fake, "/models/a%2Fb")).body()).contains("\"id\":\"a/b\"");
    assertThat(http.get(at(fake, "/models/a/b")).statusCode()).isEqualTo(200);
    assertThat(http.get(at(fake, "/models/x")).statusCode()).isEqualTo(404);
  }

  private JsonNode chat(String text, String more) throws Exception {
    return post("/chat/completions", request(text, more));
  }

  private List<JsonNode> stream(String text, String more) throws Exception {
    return http.events(at(fake, "/chat/completions"), request(text, more + ",\"stream\":true"));
  }

  private JsonNode embed(String input, String more) throws Exception {
    return post(
        "/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":" + input + more + "}");
  }

  private JsonNode post(String path, String body) throws Exception {
    return http.postJson(at(fake, path), body);
  }

  private static String request(String text, String more) {
    return "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + text
        + "\"}]"
        + more
        + "}";
  }

  private static String text(List<JsonNode> events, int choice) {
    return events.stream()
        .map(e -> e.at("/choices/0"))
        .filter(c -> c.path("index").asInt() == choice)
        .map(c -> c.at("/delta/content").asText())
        .collect(Collectors.joining());
  }

  private static List<String> arguments(List<JsonNode> events, int call) {
    return events.stream()
        .map(e -> e.at("/choices/0/delta/tool_calls/0"))
        .filter(c -> c.has("function") && c.path("index").asInt() == call)
        .map(c -> c.at("/function/arguments").asText())
        .toList();
  }
}
