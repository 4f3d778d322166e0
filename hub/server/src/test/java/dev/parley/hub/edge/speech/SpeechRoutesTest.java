package dev.parley.hub.edge.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.SplitHttpResponse;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.testing.junit5.server.ServerExtension;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.model.Capability;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.time.Clock;
import dev.parley.hub.edge.http.JsonErrors;
import dev.parley.hub.edge.http.MemoryBudget;
import dev.parley.hub.edge.http.RandomIds;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.openai.PartCollector;
import dev.parley.hub.fake.FakeSynthesis;
import dev.parley.hub.registry.CatalogModel;
import dev.parley.hub.registry.ModelCatalog;
import dev.parley.hub.speech.SpokenEvent;
import dev.parley.hub.speech.VoiceWish;
import dev.parley.hub.telemetry.CallLog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeechRoutesTest {
  private static final int BODY_BYTES_MAX = 200_000;
  private static final FakeSynthesis SYNTHESIS = new FakeSynthesis();
  private static final MemoryBudget BUDGET = new MemoryBudget(1 << 20);

  @RegisterExtension
  static final ServerExtension server =
      new ServerExtension() {
        @Override
        protected void configure(ServerBuilder sb) {
          sb.maxRequestLength(0).requestTimeout(Duration.ZERO);
          sb.errorHandler(new JsonErrors(new RandomIds()));
          sb.decorator(delegate -> new RequestIds(delegate, () -> "fresh-id"));
          var parts =
              new SpeechRoutes.Parts(
                  SYNTHESIS,
                  new Catalog(),
                  new CallLog(Clock.system()),
                  new SpeechRoutes.Settings(
                      BODY_BYTES_MAX, JsonLimits.DEFAULT, Duration.ofMillis(200), BUDGET),
                  Clock.system());
          for (var route : new SpeechRoutes(parts).all()) {
            sb.service(
                Route.builder().methods(route.method()).exact(route.path()).build(),
                route.service());
          }
        }
      };

  @AfterEach
  void noCallIsLeftOver() {
    assertThat(SYNTHESIS.isQuiet()).as("a call that no test asked for").isTrue();
  }

  @Test
  void speaksAsOpenAiDoes() throws Exception {
    HttpResponse response =
        post(
            "/v1/audio/speech",
            """
            {"model":"m","input":"Hello there.","voice":"alloy","instructions":"calm","speed":1.5,
             "language":"en","seed":7,"top_k":5}\
            """);
    FakeSynthesis.Call call = SYNTHESIS.call();
    assertThat(call.text()).isEqualTo(new SpeechText.Plain("Hello there."));
    assertThat(call.order().model()).isEqualTo("m");
    assertThat(call.order().voice()).isEqualTo(new VoiceWish.Named("alloy"));
    assertThat(call.order().instructions()).isEqualTo("calm");
    assertThat(call.order().speed()).isEqualTo(1.5);
    assertThat(call.order().language()).isEqualTo("en");
    assertThat(call.order().seed()).isEqualTo(OptionalLong.of(7));
    assertThat(call.order().format()).isEqualTo(AudioFormat.of(AudioEncoding.MP3, 0, 1));
    assertThat(call.order().extra().raw()).isEqualTo("{\"top_k\":5}");
    begin(call, AudioEncoding.MP3, 24_000);
    call.sounds((byte) 1, (byte) 2).sounds((byte) 3);
    call.ends(0, SpokenEvent.Ended.Reason.COMPLETED).completes();
    AggregatedHttpResponse whole = response.aggregate().join();
    assertThat(whole.headers().get("content-type")).isEqualTo("audio/mpeg");
    assertThat(whole.content().array()).containsExactly(1, 2, 3);
    assertThat(whole.headers().get("x-parley-backend")).isEqualTo("b");
    assertThat(whole.headers().get("x-parley-attempts")).isEqualTo("1");
    assertThat(whole.headers().get("x-parley-voice")).isEqualTo("alloy");
    assertThat(whole.headers().get("x-request-id")).isEqualTo("fresh-id");
  }

  @ParameterizedTest
  @CsvSource({
    "mp3, MP3, audio/mpeg",
    "opus, OGG_OPUS, audio/ogg",
    "aac, AAC_ADTS, audio/aac",
    "flac, FLAC, audio/flac",
    "wav, WAV, audio/wav",
    "pcm, PCM_S16LE, audio/pcm;rate=24000"
  })
  void answersInEveryFormat(String name, AudioEncoding encoding, String type) throws Exception {
    HttpResponse response =
        post("/v1/audio/speech", "{\"input\":\"Hi.\",\"response_format\":\"" + name + "\"}");
    FakeSynthesis.Call call = SYNTHESIS.call();
    assertThat(call.order().format().encoding()).contains(encoding);
    assertThat(call.order().format().sampleRateHz()).isEqualTo(name.equals("pcm") ? 24_000 : 0);
    begin(call, encoding, 24_000).sounds((byte) 1).completes();
    assertThat(response.aggregate().join().headers().get("content-type")).isEqualTo(type);
  }

  @Test
  void takesAVoiceByItsId() throws Exception {
    HttpResponse response =
        post("/v1/audio/speech", "{\"input\":\"Hi.\",\"voice\":{\"id\":\"voice_1\"}}");
    FakeSynthesis.Call call = SYNTHESIS.call();
    assertThat(call.order().voice()).isEqualTo(new VoiceWish.Named("voice_1"));
    finish(call, response);
  }

  @Test
  void sendsEvents() throws Exception {
    HttpResponse response =
        post("/v1/audio/speech", "{\"input\":\"Hi.\",\"stream_format\":\"sse\"}");
    FakeSynthesis.Call call = SYNTHESIS.call();
    begin(call, AudioEncoding.MP3, 24_000).sounds((byte) 1, (byte) 2);
    call.ends(0, SpokenEvent.Ended.Reason.COMPLETED).completes();
    AggregatedHttpResponse whole = response.aggregate().join();
    assertThat(whole.contentType()).isEqualTo(MediaType.parse("text/event-stream; charset=utf-8"));
    assertThat(whole.contentUtf8())
        .isEqualTo(
            """
            data: {"type":"speech.audio.delta","audio":"AQI="}

            data: {"type":"speech.audio.done","usage":{"input_tokens":3,"output_tokens":5,"total_tokens":8}}

            """);
  }

  @Test
  void keepsAWaitingCallerCompany() throws Exception {
    SplitHttpResponse response =
        post("/v1/audio/speech", "{\"input\":\"Hi.\",\"stream_format\":\"sse\"}").split();
    FakeSynthesis.Call call = SYNTHESIS.call();
    assertThat(response.headers().join().status().code()).isEqualTo(200);
    begin(call, AudioEncoding.MP3, 24_000).sounds((byte) 1).completes();
    StringBuilder body = new StringBuilder();
    response.body().collect().join().forEach(data -> body.append(data.toStringUtf8()));
    assertThat(body.toString()).startsWith(": ping\n\n").contains("speech.audio.done");
  }

  @Test
  void tellsAFailureBeforeTheFirstSound() throws Exception {
    HttpResponse response = post("/v1/audio/speech", "{\"input\":\"Hi.\"}");
    SYNTHESIS.call().begins().fails(nobody());
    AggregatedHttpResponse whole = response.aggregate().join();
    assertThat(whole.status().code()).isEqualTo(503);
    assertThat(whole.contentUtf8()).contains("\"code\":\"overloaded\"");
    assertThat(whole.headers().get("x-parley-backend")).isEqualTo("b");
  }

  @Test
  void breaksTheBodyOffWhenItFailsLate() throws Exception {
    HttpResponse response = post("/v1/audio/speech", "{\"input\":\"Hi.\"}");
    SYNTHESIS.call().begins().sounds((byte) 1).fails(nobody());
    assertThatThrownBy(() -> response.aggregate().join()).isNotNull();
  }

  @Test
  void tellsALateFailureAsAnEvent() throws Exception {
    PartCollector body = new PartCollector();
    post("/v1/audio/speech", "{\"input\":\"Hi.\",\"stream_format\":\"sse\"}").subscribe(body);
    SYNTHESIS.call().begins().sounds((byte) 1).fails(nobody());
    assertThat(body.await("<broken>"))
        .contains("speech.audio.delta", "data: {\"error\":{")
        .doesNotContain("speech.audio.done");
  }

  @Test
  void stopsTheWorkWhenTheCallerLeaves() throws Exception {
    HttpResponse response = post("/v1/audio/speech", "{\"input\":\"Hi.\"}");
    FakeSynthesis.Call call = SYNTHESIS.call();
    response.abort();
    assertThat(call.fate()).isEqualTo("cancelled");
  }

  @Test
  void honoursTheCallersPatience() throws Exception {
    HttpResponse response =
        client()
            .execute(
                RequestHeaders.builder(HttpMethod.POST, "/v1/audio/speech")
                    .contentType(MediaType.JSON)
                    .set("grpc-timeout", "3S")
                    .set("x-parley-priority", "batch")
                    .build(),
                "{\"input\":\"Hi.\"}");
    FakeSynthesis.Call call = SYNTHESIS.call();
    assertThat(call.patience()).isEqualTo(Duration.ofSeconds(3));
    assertThat(call.order().caller().priority().wireName()).isEqualTo("batch");
    finish(call, response);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/v1/audio/speech ; {} ; input ; not given",
        "/v1/audio/speech ; {\"input\":\" \"} ; input ; white space",
        "/v1/audio/speech ; {\"input\":5} ; input ; a string",
        "/v1/audio/speech ; {\"input\":\"a\",\"response_format\":\"mp4\"} ; response_format"
            + " ; one of mp3, opus, aac, flac, wav, pcm",
        "/v1/audio/speech ; {\"input\":\"a\",\"speed\":5} ; speed ; 0.25..4",
        "/v1/audio/speech ; {\"input\":\"a\",\"speed\":\"fast\"} ; speed ; 0.25..4",
        "/v1/audio/speech ; {\"input\":\"a\",\"voice\":\"\"} ; voice ; a name",
        "/v1/audio/speech ; {\"input\":\"a\",\"voice\":{}} ; voice.id ; not given",
        "/v1/audio/speech ; {\"input\":\"a\",\"stream_format\":\"ws\"} ; stream_format"
            + " ; one of audio, sse",
        "/v1/audio/speech ; {\"input\":\"a\",\"sample_rate\":1} ; sample_rate ; 8000..192000",
        "/v1/audio/speech ; [1] ; body ; a JSON object",
        "/v1/audio/speech ; {\"input\" ; body ; malformed JSON",
        "/tts/synthesize ; {\"text\":\"\"} ; text ; empty",
        "/tts/synthesize ; {\"text\":\"a\",\"voice_id\":7} ; voice_id ; a string",
        "/tts/interpolate ; {\"text\":\"a\"} ; voices ; not given",
        "/tts/interpolate ; {\"text\":\"a\",\"voices\":[{\"voice_id\":\"a\",\"weight\":1}]}"
            + " ; voices ; 2..5",
        "/tts/interpolate ; {\"text\":\"a\",\"voices\":[{\"voice_id\":\"a\",\"weight\":-1},"
            + "{\"voice_id\":\"b\",\"weight\":1}]} ; voices[0].weight ; 0..",
        "/tts/interpolate ; {\"text\":\"a\",\"voices\":[{\"voice_id\":\"a\",\"weight\":0},"
            + "{\"voice_id\":\"b\",\"weight\":0}]} ; voices ; above 0",
        "/tts/interpolate ; {\"text\":\"a\",\"voices\":[{\"voice_id\":\"a\",\"weight\":1e999},"
            + "{\"voice_id\":\"b\",\"weight\":0}]} ; voices[0].weight ; 0..",
        "/v1/generate ; {\"text\":\"a\",\"voice_prompt\":{}} ; voice_prompt ; neither",
        "/v1/generate ; {\"text\":\"a\",\"voice_prompt\":{\"ref_audio_b64\":\"A\"}}"
            + " ; voice_prompt.ref_audio_b64 ; base64",
      })
  void refusesWhatIsWrong(String path, String body, String param, String words) {
    AggregatedHttpResponse whole = post(path, body).aggregate().join();
    assertThat(whole.status().code()).isEqualTo(400);
    assertThat(whole.contentUtf8()).contains("\"param\":\"" + param + "\"").contains(words);
  }

  @Test
  void refusesALongText() {
    AggregatedHttpResponse whole =
        post("/v1/audio/speech", "{\"input\":\"" + "a".repeat(65_537) + "\"}").aggregate().join();
    assertThat(whole.status().code()).isEqualTo(413);
    assertThat(whole.contentUtf8()).contains("too_large", "65536");
  }

  @Test
  void refusesALargeBody() {
    AggregatedHttpResponse whole =
        post("/v1/audio/speech", " ".repeat(BODY_BYTES_MAX + 1)).aggregate().join();
    assertThat(whole.status().code()).isEqualTo(413);
  }

  @Test
  void refusesOtherMediaTypes() {
    AggregatedHttpResponse whole =
        client()
            .execute(
                RequestHeaders.of(
                    HttpMethod.POST, "/v1/audio/speech", "content-type", "text/plain"),
                "hello")
            .aggregate()
            .join();
    assertThat(whole.status().code()).isEqualTo(415);
  }

  @Test
  void synthesizesAFile() throws Exception {
    HttpResponse response =
        post(
            "/tts/synthesize",
            "{\"text\":\"Hi.\",\"voice_id\":\"v\",\"language\":\"de\",\"split_sentences\":false}");
    FakeSynthesis.Call call = SYNTHESIS.call();
    assertThat(call.order().format().encoding()).contains(AudioEncoding.WAV);
    assertThat(call.order().voice()).isEqualTo(new VoiceWish.Named("v"));
    assertThat(call.order().split()).isEqualTo(Optional.of(false));
    begin(call, AudioEncoding.WAV, 24_000).sounds((byte) 1).completes();
    AggregatedHttpResponse whole = response.aggregate().join();
    assertThat(whole.headers().get("content-type")).isEqualTo("audio/wav");
    assertThat(whole.headers().get("content-disposition")).contains(".wav");
  }

  @Test
  void mixesVoices() throws Exception {
    HttpResponse response =
        post(
            "/tts/interpolate",
            """
            {"text":"Hi.","voices":[{"voice_id":"a","weight":1},{"voice_id":"b","weight":3}]}\
            """);
    FakeSynthesis.Call call = SYNTHESIS.call();
    assertThat(call.order().voice())
        .isEqualTo(
            new VoiceWish.Blended(
                List.of(
                    new VoiceWish.Blended.Share("a", 0.25),
                    new VoiceWish.Blended.Share("b", 0.75))));
    finish(call, response);
  }

  @Test
  void streamsEventsOrSoundAsTheCallerAccepts() throws Exception {
    HttpResponse events = post("/tts/stream", "{\"text\":\"Hi.\"}");
    FakeSynthesis.Call first = SYNTHESIS.call();
    begin(first, AudioEncoding.WAV, 24_000).sounds((byte) 1).completes();
    assertThat(events.aggregate().join().contentUtf8()).contains("speech.audio.delta");
    HttpResponse sound =
        client()
            .execute(
                RequestHeaders.builder(HttpMethod.POST, "/tts/stream")
                    .contentType(MediaType.JSON)
                    .set("accept", "audio/*")
                    .build(),
                "{\"text\":\"Hi.\"}");
    FakeSynthesis.Call second = SYNTHESIS.call();
    begin(second, AudioEncoding.WAV, 24_000).sounds((byte) 9).completes();
    assertThat(sound.aggregate().join().content().array()).containsExactly(9);
  }

  @Test
  void generatesFloatsForVoicebox() throws Exception {
    String recording = Base64.getEncoder().encodeToString(new byte[] {'R', 'I', 'F', 'F'});
    HttpResponse response =
        post(
            "/v1/generate",
            "{\"text\":\"Hi.\",\"language\":\"en\",\"seed\":1,\"voice_prompt\":{\"ref_audio_b64\":\""
                + recording
                + "\",\"ref_text\":\"so\"}}");
    FakeSynthesis.Call call = SYNTHESIS.call();
    assertThat(call.order().voice())
        .isInstanceOfSatisfying(
            VoiceWish.Recorded.class, voice -> assertThat(voice.transcript()).isEqualTo("so"));
    assertThat(call.order().format().encoding()).contains(AudioEncoding.PCM_F32LE);
    byte[] samples =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.5f).putFloat(-1).array();
    begin(call, AudioEncoding.PCM_F32LE, 22_050)
        .sounds(samples[0])
        .sounds(samples[1], samples[2], samples[3], samples[4])
        .sounds(samples[5], samples[6], samples[7])
        .completes();
    assertThat(response.aggregate().join().contentUtf8())
        .isEqualTo(
            "{\"audio\":\""
                + Base64.getEncoder().encodeToString(samples)
                + "\",\"sample_rate\":22050,\"dtype\":\"float32\"}");
  }

  @Test
  void endsADocumentOfMoreThanTenMinutes() throws Exception {
    HttpResponse response = post("/v1/generate", "{\"text\":\"Hi.\"}");
    FakeSynthesis.Call call = SYNTHESIS.call();
    begin(call, AudioEncoding.PCM_F32LE, 1);
    call.sounds(new byte[2_400]).sounds((byte) 0);
    assertThat(call.fate()).isEqualTo("cancelled");
    assertThatThrownBy(() -> response.aggregate().join()).isNotNull();
  }

  @Test
  void listsLanguagesOfModelsThatSpeak() {
    AggregatedHttpResponse whole = client().get("/tts/languages").aggregate().join();
    assertThat(whole.contentUtf8())
        .isEqualTo(
            "[{\"code\":\"de\",\"name\":\"German\"},{\"code\":\"en\",\"name\":\"English\"},"
                + "{\"code\":\"zh\",\"name\":\"Chinese\"}]");
  }

  private static HubException nobody() {
    return new HubException(
        new HubError.NoHealthyBackend("m", List.of("b"), Duration.ofSeconds(2)));
  }

  private static FakeSynthesis.Call begin(
      FakeSynthesis.Call call, AudioEncoding encoding, int rateHz) {
    return call.says(new SpokenEvent.Begun(AudioFormat.of(encoding, rateHz, 1), "alloy", ""));
  }

  private static void finish(FakeSynthesis.Call call, HttpResponse response) {
    begin(call, AudioEncoding.WAV, 24_000).sounds((byte) 1).completes();
    ResponseHeaders head = response.aggregate().join().headers();
    assertThat(head.status().code()).isEqualTo(200);
    assertThat(BUDGET.held()).as("memory of bodies").isZero();
  }

  private static WebClient client() {
    return WebClient.builder("h1c://127.0.0.1:" + server.httpPort())
        .responseTimeout(Duration.ofSeconds(20))
        .build();
  }

  private static HttpResponse post(String path, String json) {
    return client()
        .execute(
            HttpRequest.of(
                RequestHeaders.of(HttpMethod.POST, path, "content-type", "application/json"),
                com.linecorp.armeria.common.HttpData.ofUtf8(json)));
  }

  /** Two models that speak, and one that does not. */
  private static final class Catalog implements ModelCatalog {
    @Override
    public List<CatalogModel> models() {
      return List.of(
          model("a", Capability.TTS, "en", "de"),
          model("b", Capability.TTS, "zh", "en"),
          model("c", Capability.CHAT, "fr"));
    }

    private static CatalogModel model(String id, Capability capability, String... languages) {
      return new CatalogModel(
          id,
          List.of(),
          "",
          0,
          Set.of(capability),
          Set.of(),
          Set.of(),
          List.of(languages),
          OptionalInt.empty(),
          List.of("b"),
          true,
          CatalogModel.State.UNKNOWN);
    }

    @Override
    public Optional<CatalogModel> find(String idOrAlias) {
      return Optional.empty();
    }

    @Override
    public Optional<String> nearest(String name) {
      return Optional.empty();
    }
  }
}
