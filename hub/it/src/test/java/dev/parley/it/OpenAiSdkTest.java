package dev.parley.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartInputAudio;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import dev.parley.testkit.backend.Credential;
import dev.parley.testkit.content.SpokenText;
import dev.parley.testkit.content.Vectors;
import dev.parley.testkit.content.Wave;
import dev.parley.testkit.openai.FakeOpenAi;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** OpenAI's own Java client, unmodified, against the hub. */
final class OpenAiSdkTest {

  private static final FakeOpenAi openai =
      new FakeOpenAi(
          "gpt-4o-mini", "org/family/model-7b", "text-embedding-3-small", "gpt-4o-mini-tts");

  private static final String SPOKEN = "The first one. And another one.";

  @RegisterExtension
  static final HubUnderTest hub = HubUnderTest.of(Configs.OPENAI).behind("OPENAI", openai);

  @SuppressWarnings("NullAway.Init")
  private static OpenAIClient client;

  @BeforeAll
  static void connect() {
    openai.require(Credential.bearer(HubUnderTest.SECRET));
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(hub.at("/v1").toString())
            .apiKey("the-caller's-own-key")
            .maxRetries(0)
            .build();
  }

  @AfterAll
  static void leave() {
    client.close();
  }

  @Test
  void answersWhole() {
    ChatCompletion answer = client.chat().completions().create(chat("hello there").build());
    assertThat(answer.choices().getFirst().message().content()).contains("You said: hello there");
    assertThat(answer.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(6);
    answer.validate();
  }

  @Test
  void streamsTheSame() {
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    List<ChatCompletionChunk> chunks = stream(chat("hello there").build());
    chunks.forEach(whole::accumulate);
    assertThat(whole.chatCompletion().choices().getFirst().message().content())
        .contains("You said: hello there");
    assertThat(chunks).noneMatch(chunk -> chunk.usage().isPresent());
    assertThat(chunks).hasSizeGreaterThan(3);
  }

  @Test
  void sendsUsageWithAStreamWhenAsked() {
    ChatCompletionStreamOptions options =
        ChatCompletionStreamOptions.builder().includeUsage(true).build();
    List<ChatCompletionChunk> chunks = stream(chat("hi").streamOptions(options).build());
    assertThat(chunks.getLast().choices()).isEmpty();
    assertThat(chunks.getLast().usage().orElseThrow().completionTokens()).isEqualTo(3);
    assertThat(chunks.stream().filter(chunk -> chunk.usage().isPresent())).hasSize(1);
  }

  @Test
  void callsTools() {
    ChatCompletion answer =
        client.chat().completions().create(chat("weather in Paris").addTool(weather()).build());
    ChatCompletionMessageFunctionToolCall call =
        answer.choices().getFirst().message().toolCalls().orElseThrow().getFirst().asFunction();
    assertThat(call.function().name()).isEqualTo("get_weather");
    assertThat(call.function().arguments()).isEqualTo("{\"city\":\"Paris\"}");
  }

  @Test
  void streamsParallelToolCalls() {
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    stream(chat("weather in Paris and London").addTool(weather()).build())
        .forEach(whole::accumulate);
    assertThat(whole.chatCompletion().choices().getFirst().message().toolCalls().orElseThrow())
        .extracting(call -> call.asFunction().function().arguments())
        .containsExactly("{\"city\":\"Paris\"}", "{\"city\":\"London\"}");
  }

  @Test
  void hearsAudioParts() {
    String wav = Base64.getEncoder().encodeToString(new byte[320]);
    ChatCompletionContentPart audio =
        ChatCompletionContentPart.ofInputAudio(
            ChatCompletionContentPartInputAudio.builder()
                .inputAudio(
                    ChatCompletionContentPartInputAudio.InputAudio.builder()
                        .data(wav)
                        .format(ChatCompletionContentPartInputAudio.InputAudio.Format.WAV)
                        .build())
                .build());
    ChatCompletionContentPart text =
        ChatCompletionContentPart.ofText(
            ChatCompletionContentPartText.builder().text("listen").build());
    client
        .chat()
        .completions()
        .create(
            ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .addUserMessageOfArrayOfContentParts(List.of(text, audio))
                .build());
    assertThat(
            openai
                .requests(Http.CHAT)
                .getLast()
                .json()
                .at("/messages/0/content/1/input_audio/data")
                .asText())
        .isEqualTo(wav);
  }

  @Test
  void keepsMembersThatTheClientDoesNotKnow() {
    ChatCompletion answer =
        client
            .chat()
            .completions()
            .create(chat("hi").putAdditionalBodyProperty("top_k", JsonValue.from(40)).build());
    assertThat(answer._additionalProperties()).containsKey("echo_unknown");
  }

  @Test
  void completesText() {
    assertThat(
            client
                .completions()
                .create(
                    CompletionCreateParams.builder()
                        .model("gpt-4o-mini")
                        .prompt("once upon")
                        .build())
                .choices()
                .getFirst()
                .text())
        .isNotBlank();
  }

  @Test
  void embedsWithTheEncodingThatTheClientPrefers() {
    CreateEmbeddingResponse answer =
        client
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model("text-embedding-3-small")
                    .inputOfArrayOfStrings(List.of("one", "two"))
                    .build());
    float[] expected = Vectors.of("two", Vectors.DEFAULT_DIMENSIONS);
    List<Float> got = answer.data().get(1).embedding();
    assertThat(got).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(got.get(i)).isEqualTo(expected[i]);
    }
  }

  @Test
  void listsModels() {
    assertThat(client.models().list().data())
        .extracting(Model::id)
        .contains("gpt-4o-mini", "org/family/model-7b", "text-embedding-3-small");
  }

  @Test
  void findsAModelWhoseIdHasSlashes() {
    assertThat(client.models().retrieve("org/family/model-7b").id())
        .isEqualTo("org/family/model-7b");
  }

  @Test
  void raisesTheExceptionOfEachStatus() {
    assertThatThrownBy(() -> say("[[context]]"))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            e -> assertThat(e.code()).isEqualTo(Optional.of("context_length_exceeded")));
    assertThatThrownBy(() -> say("[[status 429]]"))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            e -> assertThat(e.code()).isEqualTo(Optional.of("rate_limit_exceeded")));
    assertThatThrownBy(() -> say("[[status 500]]"))
        .isInstanceOfSatisfying(
            InternalServerException.class, e -> assertThat(e.statusCode()).isEqualTo(502));
    assertThatThrownBy(() -> say("[[status 503]]"))
        .isInstanceOfSatisfying(
            InternalServerException.class, e -> assertThat(e.statusCode()).isEqualTo(503));
    // The hub's own credentials are no business of the caller's.
    assertThatThrownBy(() -> say("[[status 401]]"))
        .isInstanceOfSatisfying(
            InternalServerException.class, e -> assertThat(e.statusCode()).isEqualTo(502));
  }

  @Test
  void raisesNotFoundForAnUnknownModel() {
    assertThatThrownBy(
            () -> client.chat().completions().create(chat("hi").model("gpt-4o-minj").build()))
        .isInstanceOfSatisfying(
            NotFoundException.class,
            e -> {
              assertThat(e).hasMessageContaining("did you mean 'gpt-4o-mini'?");
              assertThat(e.param()).isEqualTo(Optional.of("model"));
              assertThat(e.headers().values("x-request-id")).hasSize(1);
            });
  }

  @Test
  void raisesAnErrorWhenAStreamFailsMidway() {
    assertThatThrownBy(() -> stream(chat("one two three [[error]]").build()))
        .isInstanceOf(OpenAIException.class)
        .hasMessageContaining("the engine stopped");
  }

  @Test
  void speaksAndTheWholeBodyIsThere() throws IOException {
    SpeechCreateParams.Voice.Id id = SpeechCreateParams.Voice.Id.builder().id("coral").build();
    List<SpeechCreateParams> spellings =
        List.of(speech(SPOKEN).build(), speech(SPOKEN).voice(id).build());
    for (SpeechCreateParams params : spellings) {
      try (HttpResponse answer = client.audio().speech().create(params);
          InputStream body = answer.body()) {
        assertThat(answer.headers().values("content-type")).containsExactly("audio/pcm;rate=24000");
        assertThat(SpokenText.utterances(Wave.samples(body.readAllBytes()), 24_000))
            .containsExactly(SPOKEN);
      }
    }
  }

  @Test
  void speaksInEvents() throws IOException {
    SpeechCreateParams params =
        speech(SPOKEN).streamFormat(SpeechCreateParams.StreamFormat.SSE).build();
    try (HttpResponse answer = client.audio().speech().create(params);
        InputStream body = answer.body()) {
      List<String> lines = new String(body.readAllBytes(), UTF_8).lines().toList();
      assertThat(lines)
          .filteredOn(line -> line.contains("speech.audio.delta"))
          .hasSizeGreaterThan(3);
      assertThat(lines).filteredOn(line -> line.contains("speech.audio.done")).hasSize(1);
    }
  }

  @Test
  void raisesNotFoundForAnUnknownVoice() {
    assertThatThrownBy(
            () -> client.audio().speech().create(speech("Hi.").voice("corall").build()).close())
        .isInstanceOfSatisfying(
            NotFoundException.class,
            e -> assertThat(e.code()).isEqualTo(Optional.of("voice_not_found")));
  }

  private static SpeechCreateParams.Builder speech(String text) {
    return SpeechCreateParams.builder()
        .model("gpt-4o-mini-tts")
        .voice("coral")
        .responseFormat(SpeechCreateParams.ResponseFormat.PCM)
        .input(text);
  }

  private static void say(String text) {
    client.chat().completions().create(chat(text).build());
  }

  private static ChatCompletionCreateParams.Builder chat(String text) {
    return ChatCompletionCreateParams.builder().model("gpt-4o-mini").addUserMessage(text);
  }

  private static List<ChatCompletionChunk> stream(ChatCompletionCreateParams params) {
    List<ChatCompletionChunk> chunks = new ArrayList<>();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      stream.stream().forEach(chunks::add);
    }
    return chunks;
  }

  private static ChatCompletionFunctionTool weather() {
    return ChatCompletionFunctionTool.builder()
        .function(
            FunctionDefinition.builder()
                .name("get_weather")
                .parameters(
                    FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty(
                            "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .build())
                .build())
        .build();
  }
}
