package dev.parley.hub.edge.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentDisposition;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.SplitHttpResponse;
import com.linecorp.armeria.common.multipart.BodyPart;
import com.linecorp.armeria.common.multipart.Multipart;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.testing.junit5.server.ServerExtension;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.TurnDetection;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.recognition.LanguageGuess;
import dev.parley.core.recognition.Phrase;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.TokenLogprob;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import dev.parley.core.time.Clock;
import dev.parley.hub.edge.audio.FormReader;
import dev.parley.hub.edge.http.JsonErrors;
import dev.parley.hub.edge.http.MemoryBudget;
import dev.parley.hub.edge.http.RandomIds;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.openai.PartCollector;
import dev.parley.hub.fake.FakeRecognition;
import dev.parley.hub.media.Media;
import dev.parley.hub.media.Sound;
import dev.parley.hub.media.TestMedia;
import dev.parley.hub.recognition.order.RecognitionWish.Times;
import dev.parley.hub.recognition.order.RecognizedEvent;
import dev.parley.hub.speakers.SpeakersWish;
import dev.parley.hub.telemetry.CallLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecognitionRoutesTest {
  private static final FakeRecognition RECOGNITION = new FakeRecognition();
  private static final MemoryBudget BUDGET = new MemoryBudget(9 << 20);
  private static final String OPENAI = "/v1/audio/transcriptions";
  private static final byte[] SOUND = "RIFF and so on".getBytes(StandardCharsets.US_ASCII);

  @TempDir static Path data;
  private static @Nullable Media media;

  @RegisterExtension
  static final ServerExtension server =
      new ServerExtension() {
        @Override
        protected void configure(ServerBuilder sb) {
          sb.maxRequestLength(0).requestTimeout(Duration.ZERO);
          sb.errorHandler(new JsonErrors(new RandomIds()));
          sb.decorator(delegate -> new RequestIds(delegate, () -> "fresh-id"));
          Media opened = TestMedia.in(data);
          media = opened;
          var parts =
              new RecognitionRoutes.Parts(
                  RECOGNITION,
                  new FormReader(opened.desk(), BUDGET, 200_000),
                  new CallLog(Clock.system()),
                  Duration.ofMillis(200),
                  Clock.system());
          for (var route : new RecognitionRoutes(parts).all()) {
            var at = Route.builder().methods(HttpMethod.POST).exact(route.path());
            if (route.formOnly()) {
              at.consumes(MediaType.MULTIPART_FORM_DATA);
            }
            sb.service(at.build(), route.service());
          }
        }
      };

  @AfterAll
  static void closeMedia() throws IOException {
    if (media != null) {
      media.close();
    }
  }

  @AfterEach
  void noCallIsLeftOver() {
    assertThat(RECOGNITION.isQuiet()).as("a call that no test asked for").isTrue();
  }

  @Test
  void writesDownAsOpenAiDoes() throws Exception {
    HttpResponse response =
        form(
            OPENAI,
            file("file"),
            value("model", "m"),
            value("language", "de"),
            value("languages[]", "en"),
            value("prompt", "So."),
            value("keywords[]", "Parley"),
            value("temperature", "0.5"),
            value("include[]", "logprobs"),
            value("hotwords", "a, b"),
            value("beam_size", "5"));
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.wish().model()).isEqualTo("m");
    assertThat(call.wish().task()).isEqualTo(RecognitionTask.TRANSCRIBE);
    assertThat(call.wish().languages()).containsExactly("de", "en");
    assertThat(call.wish().prompt()).isEqualTo("So.");
    assertThat(call.wish().phrases()).containsExactly(new Phrase("Parley", 0));
    assertThat(call.wish().temperature()).hasValue(0.5);
    assertThat(call.wish().logprobs()).isTrue();
    assertThat(call.wish().times()).isEqualTo(Times.AS_THEY_COME);
    assertThat(call.wish().speakers()).isEmpty();
    assertThat(call.wish().extra().raw()).isEqualTo("{\"hotwords\":\"a, b\",\"beam_size\":\"5\"}");
    assertThat(call.wish().requestId()).isEqualTo("fresh-id");
    assertThat(call.order().stream()).isFalse();
    assertThat(bytes(call.order().sound())).isEqualTo(SOUND);
    call.says(said()).completes();
    AggregatedHttpResponse whole = response.aggregate().join();
    assertThat(whole.contentUtf8()).startsWith("{\"text\":\"Hello.\",");
    assertThat(whole.headers().get("content-type")).isEqualTo("application/json");
    assertThat(whole.headers().get("x-parley-backend")).isEqualTo("b");
    assertThat(whole.headers().get("x-parley-attempts")).isEqualTo("1");
    assertThat(whole.headers().get("x-request-id")).isEqualTo("fresh-id");
  }

  @Test
  void takesTheSoundBehindItsValuesAndForgetsItAfterwards() throws Exception {
    HttpResponse response = form(OPENAI, value("model", "m"), file("file"));
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(bytes(call.order().sound())).isEqualTo(SOUND);
    finish(call, response);
  }

  @ParameterizedTest
  @CsvSource({
    "json, AS_THEY_COME, application/json, '{\"text\":\"Hello.\"'",
    "text, AS_THEY_COME, text/plain; charset=utf-8, Hello.",
    "srt, SEGMENTS, text/plain; charset=utf-8, '00:00:00,250 --> 00:00:01,500'",
    "vtt, SEGMENTS, text/vtt; charset=utf-8, WEBVTT",
    "verbose_json, SEGMENTS, application/json, '\"segments\":[{\"id\":0'",
    "diarized_json, SEGMENTS, application/json, '\"speaker\":\"A\"'",
  })
  void answersInEveryFormat(String format, Times times, String type, String words)
      throws Exception {
    HttpResponse response = form(OPENAI, file("file"), value("response_format", format));
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.wish().times()).isEqualTo(times);
    assertThat(call.wish().speakers().isPresent()).isEqualTo(format.equals("diarized_json"));
    call.says(said()).completes();
    AggregatedHttpResponse whole = response.aggregate().join();
    assertThat(whole.headers().get("content-type")).isEqualTo(type);
    assertThat(whole.contentUtf8()).contains(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp_granularities[]", "timestamp_granularities"})
  void tellsTheTimesOfWords(String name) throws Exception {
    HttpResponse response =
        form(OPENAI, value("response_format", "verbose_json"), value(name, "word"), file("file"));
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.wish().times()).isEqualTo(Times.WORDS);
    call.says(said()).completes();
    assertThat(response.aggregate().join().contentUtf8())
        .contains("\"words\":[{\"word\":\"Hello.\",\"start\":0.25,\"end\":1.5}]")
        .doesNotContain("segments");
  }

  @Test
  void translates() throws Exception {
    HttpResponse response =
        form("/v1/audio/translations", file("file"), value("response_format", "verbose_json"));
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.wish().task()).isEqualTo(RecognitionTask.TRANSLATE);
    call.says(said()).completes();
    assertThat(response.aggregate().join().contentUtf8())
        .startsWith("{\"task\":\"translate\",\"language\":\"english\"");
  }

  @Test
  void streamsEventsAndEndsWithoutAMark() throws Exception {
    HttpResponse response = form(OPENAI, file("file"), value("stream", "True"));
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.order().stream()).isTrue();
    call.says(new RecognizedEvent.Delta("Hel", List.of(new TokenLogprob("Hel", -1, List.of()))))
        .says(said().stretches().getFirst())
        .says(new RecognizedEvent.Delta("lo.", List.of()))
        .says(said())
        .completes();
    AggregatedHttpResponse whole = response.aggregate().join();
    assertThat(whole.headers().get("content-type")).isEqualTo("text/event-stream; charset=utf-8");
    assertThat(whole.headers().get("x-parley-backend")).isEqualTo("b");
    assertThat(whole.contentUtf8())
        .isEqualTo(
            """
            data: {"type":"transcript.text.delta","delta":"Hel","logprobs":[{"token":"Hel","logprob":-1.0}]}

            data: {"type":"transcript.text.delta","delta":"lo."}

            data: {"type":"transcript.text.done","text":"Hello.","languages":[{"code":"de"}]}

            """);
  }

  @Test
  void streamsTurnsOfSpeakers() throws Exception {
    HttpResponse response =
        form(
            OPENAI,
            file("file"),
            value("stream", "true"),
            value("response_format", "diarized_json"));
    RECOGNITION.whole().says(said().stretches().getFirst()).says(said()).completes();
    assertThat(response.aggregate().join().contentUtf8())
        .startsWith(
            "data: {\"type\":\"transcript.text.segment\",\"id\":\"seg_000\",\"start\":0.0,"
                + "\"end\":1.5,\"text\":\"Hello.\",\"speaker\":\"A\"}\n\n")
        .contains("transcript.text.done");
  }

  @Test
  void keepsAWaitingCallerCompany() throws Exception {
    SplitHttpResponse response = form(OPENAI, file("file"), value("stream", "true")).split();
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(response.headers().join().status().code()).isEqualTo(200);
    call.says(said()).completes();
    StringBuilder body = new StringBuilder();
    response.body().collect().join().forEach(part -> body.append(part.toStringUtf8()));
    assertThat(body.toString()).startsWith(": ping\n\n").contains("transcript.text.done");
  }

  @Test
  void tellsALateFailureAsAnEvent() throws Exception {
    PartCollector body = new PartCollector();
    form(OPENAI, file("file"), value("stream", "true")).subscribe(body);
    RECOGNITION.whole().says(new RecognizedEvent.Delta("Hel", List.of())).fails(nobody());
    assertThat(body.await("<broken>"))
        .contains("transcript.text.delta", "data: {\"error\":{")
        .doesNotContain("transcript.text.done");
  }

  @Test
  void tellsAnEarlyFailureAsAnyOther() throws Exception {
    for (String stream : List.of("false", "true")) {
      HttpResponse response = form(OPENAI, file("file"), value("stream", stream));
      RECOGNITION.whole().fails(nobody());
      AggregatedHttpResponse whole = response.aggregate().join();
      assertThat(whole.status().code()).isEqualTo(503);
      assertThat(whole.headers().get("x-parley-backend")).isEqualTo("b");
    }
  }

  @Test
  void stopsTheWorkWhenTheCallerLeaves() throws Exception {
    for (String stream : List.of("false", "true")) {
      HttpResponse response = form(OPENAI, file("file"), value("stream", stream));
      FakeRecognition.Whole call = RECOGNITION.whole();
      response.abort();
      assertThat(call.fate()).isEqualTo("cancelled");
    }
  }

  @Test
  void writesLongTranscriptsAside() throws Exception {
    String text = "word ".repeat(2_000).strip();
    HttpResponse response = form(OPENAI, file("file"), value("response_format", "text"));
    RECOGNITION.whole().says(written(Transcript.ofText(text), List.of())).completes();
    assertThat(response.aggregate().join().contentUtf8()).isEqualTo(text + "\n");
  }

  @Test
  void takesChunkingInEverySpelling() throws Exception {
    TurnDetection told =
        new TurnDetection(
            OptionalDouble.of(0.25),
            OptionalDouble.empty(),
            OptionalInt.of(100),
            OptionalInt.empty(),
            OptionalInt.of(300),
            OptionalInt.empty(),
            OptionalInt.empty());
    String object =
        "{\"type\":\"server_vad\",\"threshold\":0.25,\"prefix_padding_ms\":100,"
            + "\"silence_duration_ms\":300}";
    HttpResponse whole = form(OPENAI, file("file"), value("chunking_strategy", object));
    FakeRecognition.Whole first = RECOGNITION.whole();
    assertThat(first.wish().speechOnly()).contains(told);
    assertThat(first.wish().extra().raw()).isEqualTo("{}");
    finish(first, whole);
    for (String shape : List.of("chunking_strategy[%s]", "chunking_strategy.%s")) {
      HttpResponse flat =
          form(
              OPENAI,
              value(shape.formatted("type"), "server_vad"),
              value(shape.formatted("threshold"), "0.25"),
              value(shape.formatted("prefix_padding_ms"), "100"),
              value(shape.formatted("silence_duration_ms"), "300"),
              file("file"));
      FakeRecognition.Whole call = RECOGNITION.whole();
      assertThat(call.wish().speechOnly()).contains(told);
      assertThat(call.wish().extra().raw()).isEqualTo("{}");
      finish(call, flat);
    }
    HttpResponse auto = form(OPENAI, file("file"), value("chunking_strategy", "auto"));
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.wish().speechOnly()).isEmpty();
    finish(call, auto);
  }

  @Test
  void knowsSpeakersByTheirRecordings() throws Exception {
    byte[] reference = new byte[100_000];
    reference[99_999] = 7;
    String url = "data:audio/wav;base64," + Base64.getEncoder().encodeToString(reference);
    HttpResponse response =
        form(
            OPENAI,
            value("response_format", "diarized_json"),
            value("known_speaker_names[]", "agent"),
            value("known_speaker_references[]", url),
            file("file"));
    FakeRecognition.Whole call = RECOGNITION.whole();
    SpeakersWish speakers = call.wish().speakers().orElseThrow();
    assertThat(speakers.known()).hasSize(1);
    assertThat(speakers.known().getFirst().name()).isEqualTo("agent");
    assertThat(speakers.known().getFirst().field()).isEqualTo("known_speaker_references[0]");
    assertThat(bytes(speakers.known().getFirst().reference())).isEqualTo(reference);
    assertThat(BUDGET.held()).isPositive();
    finish(call, response);
  }

  @Test
  void refusesReferencesThatThereIsNoMemoryFor() {
    AggregatedHttpResponse whole =
        form(
                OPENAI,
                value("known_speaker_references", "a"),
                value("known_speaker_references", "b"),
                value("known_speaker_references", "c"),
                file("file"))
            .aggregate()
            .join();
    assertThat(whole.status().code()).isEqualTo(503);
  }

  @Test
  void readsJsonAsOpenRouterDoes() throws Exception {
    HttpResponse response =
        json(
            OPENAI,
            "{\"model\":\"m\",\"input_audio\":{\"data\":\""
                + Base64.getEncoder().encodeToString(SOUND)
                + "\",\"format\":\"wav\"},\"response_format\":\"verbose_json\","
                + "\"timestamp_granularities\":[\"segment\",\"word\"],\"temperature\":0.5,"
                + "\"provider\":{\"options\":{\"x\":1}},\"top_k\":5}");
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(bytes(call.order().sound())).isEqualTo(SOUND);
    assertThat(call.wish().times()).isEqualTo(Times.WORDS);
    assertThat(call.wish().temperature()).hasValue(0.5);
    assertThat(call.wish().extra().raw())
        .isEqualTo("{\"provider\":{\"options\":{\"x\":1}},\"top_k\":5}");
    finish(call, response);
  }

  @Test
  void takesHeaderlessSoundWithItsRate() throws Exception {
    HttpResponse response =
        json(
            OPENAI,
            "{\"input_audio\":{\"data\":\"AAAA\",\"format\":\"pcm_s16le\"},"
                + "\"input_sample_rate\":8000}");
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.order().sound().declared().encoding()).contains(AudioEncoding.PCM_S16LE);
    assertThat(call.order().sound().declared().sampleRateHz()).isEqualTo(8_000);
    finish(call, response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stt/transcribe", "/api/audio/transcribe"})
  void transcribesWithTheSchemasAnswer(String path) throws Exception {
    HttpResponse response = form(path, file("file"), value("language", "german"));
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.wish().languages()).containsExactly("german");
    assertThat(call.wish().times()).isEqualTo(Times.AS_THEY_COME);
    call.says(said()).completes();
    assertThat(response.aggregate().join().contentUtf8())
        .startsWith("{\"text\":\"Hello.\",\"language\":\"de\"")
        .contains("\"sampling_rate\":16000");
    HttpResponse words = form(path, value("word_timestamps", "true"), file("file"));
    FakeRecognition.Whole second = RECOGNITION.whole();
    assertThat(second.wish().times()).isEqualTo(Times.WORDS);
    finish(second, words);
  }

  @Test
  void countsSpeakersWhereItIsTold() throws Exception {
    HttpResponse response =
        form(
            "/stt/transcribe",
            file("file"),
            value("min_speakers", "2"),
            value("max_speakers", "4"));
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.wish().speakers())
        .contains(
            new SpeakersWish(OptionalInt.empty(), OptionalInt.of(2), OptionalInt.of(4), List.of()));
    finish(call, response);
  }

  @Test
  void detectsTheLanguage() throws Exception {
    HttpResponse response = form("/stt/detect-language", file("file"));
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.wish().task()).isEqualTo(RecognitionTask.DETECT_LANGUAGE);
    call.says(
            written(
                new Transcript(
                    "",
                    "",
                    OptionalDouble.empty(),
                    List.of(new LanguageGuess("fr", OptionalDouble.of(0.5))),
                    OptionalDouble.empty(),
                    List.of(),
                    List.of(),
                    RecognitionUsage.UNKNOWN,
                    Json.EMPTY_OBJECT),
                List.of()))
        .completes();
    assertThat(response.aggregate().join().contentUtf8())
        .isEqualTo(
            "{\"detected_language\":\"fr\",\"probability\":0.5,\"all_languages\":["
                + "{\"code\":\"fr\",\"name\":\"French\",\"probability\":0.5}]}");
  }

  @Test
  void streamsSegments() throws Exception {
    HttpResponse response = form("/stt/stream", file("file"));
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.order().stream()).isTrue();
    assertThat(call.wish().times()).isEqualTo(Times.SEGMENTS);
    call.says(new RecognizedEvent.Delta("Hello.", List.of()))
        .says(said().stretches().getFirst())
        .says(said())
        .completes();
    assertThat(response.aggregate().join().contentUtf8())
        .startsWith("event: segment\ndata: {\"id\":0,\"start\":0.0,\"end\":1.5,\"text\":\"Hello.\"")
        .endsWith(
            "event: done\ndata: {\"text\":\"Hello.\",\"language\":\"de\",\"duration\":1.5}\n\n");
  }

  @Test
  void writesDownForVoicebox() throws Exception {
    HttpResponse response = form("/v1/transcribe?language=fr", file("audio"));
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.wish().languages()).containsExactly("fr");
    call.says(said()).completes();
    assertThat(response.aggregate().join().contentUtf8()).isEqualTo("{\"text\":\"Hello.\"}");
  }

  @Test
  void honoursTheCallersPatience() throws Exception {
    HttpRequest request =
        Multipart.of(file("file"))
            .toHttpRequest(
                RequestHeaders.builder(HttpMethod.POST, OPENAI)
                    .set("grpc-timeout", "3S")
                    .set("x-parley-priority", "batch")
                    .build());
    HttpResponse response = client().execute(request);
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.patience()).isEqualTo(Duration.ofSeconds(3));
    assertThat(call.wish().caller().priority().wireName()).isEqualTo("batch");
    finish(call, response);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "response_format=verbos_json ; response_format ; did you mean verbose_json?",
        "response_format=verbose_json,timestamp_granularities[]=words ; timestamp_granularities"
            + " ; did you mean word?",
        "timestamp_granularities[]=word ; timestamp_granularities ; verbose_json",
        "stream=true,response_format=srt ; response_format ; with stream",
        "stream=true,response_format=verbose_json ; response_format ; with stream",
        "stream=perhaps ; stream ; true or false",
        "temperature=9 ; temperature ; 0.0..2.0",
        "temperature=warm ; temperature ; a number",
        "include[]=logprob ; include ; did you mean logprobs?",
        "include=logprobs,response_format=vtt ; include ; response_format json",
        "chunking_strategy=server-vad ; chunking_strategy ; did you mean server_vad?",
        "chunking_strategy[threshold]=0.5 ; chunking_strategy.type ; not given",
        "chunking_strategy[type]=server_vad,chunking_strategy[treshold]=0.5 ; chunking_strategy"
            + " ; did you mean threshold?",
        "chunking_strategy[type]=server_vad,chunking_strategy[threshold]=5"
            + " ; chunking_strategy.threshold ; 0..1",
        "chunking_strategy={x ; chunking_strategy ; not JSON",
        "known_speaker_names[]=a ; known_speaker_references ; 1 names and 0 references",
        "known_speaker_names[]=a,known_speaker_references[]=b ; known_speaker_references[0]"
            + " ; no data URL",
        "num_speakers=0 ; num_speakers ; 1..1000",
        "min_speakers=3,max_speakers=2 ; max_speakers ; min_speakers or more",
        "input_format=mp33 ; input_format ; did you mean mp3?",
      })
  void refusesWhatIsWrongBeforeItLooksAtTheSound(String values, String param, String words) {
    List<BodyPart> parts = new ArrayList<>(List.of(file("file")));
    for (String value : values.split(",", -1)) {
      int equals = value.indexOf('=');
      parts.add(value(value.substring(0, equals), value.substring(equals + 1)));
    }
    refused(form(OPENAI, parts.toArray(BodyPart[]::new)), param, words);
  }

  @Test
  void refusesFilesUnderOtherNamesAndMoreThanOne() {
    refused(form(OPENAI, file("audio")), "file", "named audio");
    refused(form(OPENAI, file("file"), file("file")), "file", "given twice");
    refused(form(OPENAI, value("model", "m")), "file", "missing");
    refused(form("/v1/transcribe", file("sound")), "audio", "named sound");
    refused(form("/v1/transcribe", value("model", "m")), "audio", "missing");
  }

  @Test
  void refusesNamesThatMeanNothingOnTheNativeRoutes() {
    refused(
        form("/stt/transcribe", file("file"), value("langauge", "de")),
        "langauge",
        "did you mean language?");
    refused(form("/stt/detect-language", file("file"), value("task", "x")), "task", "unknown");
    refused(form("/v1/transcribe", file("audio"), value("lang", "de")), "lang", "unknown");
  }

  @Test
  void refusesWhatIsNoForm() {
    refused(json(OPENAI, "[1]"), "body", "a JSON object");
    refused(json(OPENAI, "{\"input_audio\":{\"format\":\"wav\"}}"), "input_audio", "without data");
    refused(json(OPENAI, "{\"input_audio\":{\"data\":\"???\"}}"), "input_audio.data", "not Base64");
    assertThat(
            client()
                .execute(
                    RequestHeaders.of(HttpMethod.POST, OPENAI, "content-type", "audio/wav"), "RIFF")
                .aggregate()
                .join()
                .status()
                .code())
        .isEqualTo(415);
    refused(
        client()
            .execute(
                RequestHeaders.of(HttpMethod.POST, OPENAI, "content-type", "multipart/form-data"),
                "--b--"),
        "body",
        "with a boundary");
  }

  @Test
  void refusesALargeValue() {
    AggregatedHttpResponse whole =
        form(OPENAI, value("prompt", "a".repeat(70_000)), file("file")).aggregate().join();
    assertThat(whole.status().code()).isEqualTo(413);
  }

  private static void refused(HttpResponse response, String param, String words) {
    AggregatedHttpResponse whole = response.aggregate().join();
    assertThat(whole.status().code()).isEqualTo(400);
    assertThat(whole.contentUtf8()).contains("\"param\":\"" + param + "\"").contains(words);
    assertThat(RECOGNITION.isQuiet()).isTrue();
  }

  private static RecognizedEvent.Written said() {
    Segment segment =
        new Segment(
            0,
            1.5,
            "Hello.",
            List.of(new Word("Hello.", 0.25, 1.5, OptionalDouble.empty(), "")),
            "",
            "",
            Segment.Scores.UNTOLD,
            List.of(),
            Json.EMPTY_OBJECT);
    return written(
        new Transcript(
            "Hello.",
            "de",
            OptionalDouble.empty(),
            List.of(),
            OptionalDouble.of(1.5),
            List.of(segment),
            List.of(),
            RecognitionUsage.UNKNOWN,
            Json.EMPTY_OBJECT),
        List.of(new RecognizedEvent.Stretch(0, 0, segment)));
  }

  private static RecognizedEvent.Written written(
      Transcript transcript, List<RecognizedEvent.Stretch> stretches) {
    return new RecognizedEvent.Written(transcript, stretches);
  }

  private static HubException nobody() {
    return new HubException(
        new HubError.NoHealthyBackend("m", List.of("b"), Duration.ofSeconds(2)));
  }

  private static void finish(FakeRecognition.Whole call, HttpResponse response) {
    call.says(said()).completes();
    assertThat(response.aggregate().join().status().code()).isEqualTo(200);
  }

  private static byte[] bytes(Sound sound) throws IOException {
    try (InputStream in = sound.stream()) {
      return in.readAllBytes();
    }
  }

  private static BodyPart value(String name, String value) {
    return BodyPart.of(ContentDisposition.of("form-data", name), value);
  }

  private static BodyPart file(String name) {
    return BodyPart.of(
        HttpHeaders.of(
            HttpHeaderNames.CONTENT_DISPOSITION,
            "form-data; name=\"" + name + "\"; filename=\"a.wav\""),
        HttpData.wrap(SOUND));
  }

  private static HttpResponse form(String path, BodyPart... parts) {
    return client()
        .execute(Multipart.of(parts).toHttpRequest(RequestHeaders.of(HttpMethod.POST, path)));
  }

  private static HttpResponse json(String path, String json) {
    return client()
        .execute(
            RequestHeaders.of(HttpMethod.POST, path, "content-type", "application/json"), json);
  }

  private static WebClient client() {
    return WebClient.builder("h1c://127.0.0.1:" + server.httpPort())
        .responseTimeout(Duration.ofSeconds(20))
        .build();
  }
}
