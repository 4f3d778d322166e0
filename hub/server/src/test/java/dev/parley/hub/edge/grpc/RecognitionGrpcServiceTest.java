package dev.parley.hub.edge.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.testing.junit5.server.ServerExtension;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.LanguageGuess;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.time.Clock;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.fake.FakeRecognition;
import dev.parley.hub.fake.FakeSynthesis;
import dev.parley.hub.fake.NoSpeakers;
import dev.parley.hub.media.Media;
import dev.parley.hub.media.TestMedia;
import dev.parley.hub.recognition.live.LiveEvent;
import dev.parley.hub.recognition.live.LiveOrder;
import dev.parley.hub.recognition.live.TurnSettings;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.recognition.order.RecognitionWish.Times;
import dev.parley.hub.recognition.order.RecognizedEvent;
import dev.parley.hub.registry.CatalogModel;
import dev.parley.hub.registry.ModelCatalog;
import dev.parley.hub.telemetry.CallLog;
import dev.parley.hub.telemetry.Metrics;
import dev.parley.proto.v1.AudioFormat;
import dev.parley.proto.v1.AudioSource;
import dev.parley.proto.v1.DetectLanguageRequest;
import dev.parley.proto.v1.DetectLanguageResponse;
import dev.parley.proto.v1.DiarizationConfig;
import dev.parley.proto.v1.KnownSpeaker;
import dev.parley.proto.v1.Phrase;
import dev.parley.proto.v1.RecognitionConfig;
import dev.parley.proto.v1.RecognizeRequest;
import dev.parley.proto.v1.RecognizeResponse;
import dev.parley.proto.v1.Segment;
import dev.parley.proto.v1.SpeechEvent;
import dev.parley.proto.v1.SpeechServiceGrpc;
import dev.parley.proto.v1.StreamingRecognitionConfig;
import dev.parley.proto.v1.StreamingRecognizeRequest;
import dev.parley.proto.v1.StreamingRecognizeResponse;
import dev.parley.proto.v1.TurnDetection;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RecognitionGrpcServiceTest {
  private static final FakeRecognition RECOGNITION = new FakeRecognition();

  @TempDir static Path data;
  private static @Nullable Media media;

  @RegisterExtension
  static final ServerExtension server =
      new ServerExtension() {
        @Override
        protected void configure(ServerBuilder sb) {
          sb.maxRequestLength(0).requestTimeout(Duration.ZERO);
          sb.decorator(delegate -> new RequestIds(delegate, () -> "fresh-id"));
          Media opened = TestMedia.in(data);
          media = opened;
          Clock clock = Clock.system();
          Metrics metrics = new Metrics(List::of, List::of, List::of, clock);
          sb.service(
              GrpcEdge.build(
                  new GrpcEdge.Parts(
                      new FakeGateway(),
                      new NoModels(),
                      new HealthStatuses(),
                      opened,
                      TestVoices.in(data, opened),
                      metrics.sounds(new CallLog(clock), clock),
                      new FakeSynthesis(),
                      RECOGNITION,
                      new NoSpeakers(),
                      _ -> Map.of("traceparent", "t"),
                      4 << 20)));
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
  void readsTheWholeConfiguration() throws Exception {
    Heard<RecognizeResponse> heard =
        recognize(
            RecognitionConfig.newBuilder()
                .setModel("m")
                .addLanguages("de")
                .setTask(RecognitionConfig.Task.TASK_TRANSLATE)
                .setPrompt("So.")
                .addPhrases(Phrase.newBuilder().setText("Parley").setBoost(5))
                .setWordTimestamps(true)
                .setLogprobs(true)
                .setMaxAlternatives(2)
                .setProfanityFilter(true)
                .setVerbatim(true)
                .setSeparateChannels(true)
                .setDiarization(
                    DiarizationConfig.newBuilder()
                        .setMinSpeakers(2)
                        .addKnownSpeakers(
                            KnownSpeaker.newBuilder().setName("Zoë").setReference(sound("zoe"))))
                .setTemperature(0.5)
                .setVad(TurnDetection.newBuilder().setSilenceDurationMs(300))
                .setDenoise(true)
                .setExtraJson("{\"beam_size\":5}")
                .build());
    FakeRecognition.Whole call = RECOGNITION.whole();
    RecognitionWish wish = call.wish();
    assertThat(wish.model()).isEqualTo("m");
    assertThat(wish.task()).isEqualTo(RecognitionTask.TRANSLATE);
    assertThat(wish.languages()).containsExactly("de");
    assertThat(wish.prompt()).isEqualTo("So.");
    assertThat(wish.phrases()).containsExactly(new dev.parley.core.recognition.Phrase("Parley", 5));
    assertThat(wish.times()).isEqualTo(Times.WORDS);
    assertThat(wish.logprobs()).isTrue();
    assertThat(wish.alternatives()).isEqualTo(2);
    assertThat(wish.profanityFilter()).isTrue();
    assertThat(wish.verbatim()).isTrue();
    assertThat(wish.separateChannels()).isTrue();
    assertThat(wish.speakers().orElseThrow().atLeast()).hasValue(2);
    assertThat(wish.speakers().orElseThrow().exactly()).isEmpty();
    assertThat(wish.speakers().orElseThrow().known().getFirst().name()).isEqualTo("Zoë");
    assertThat(wish.speakers().orElseThrow().known().getFirst().field())
        .isEqualTo("config.diarization.known_speakers[0].reference");
    assertThat(wish.temperature()).hasValue(0.5);
    assertThat(wish.speechOnly().orElseThrow().silenceDurationMs()).hasValue(300);
    assertThat(wish.denoise()).isTrue();
    assertThat(wish.extra().raw()).isEqualTo("{\"beam_size\":5}");
    assertThat(wish.requestId()).isEqualTo("fresh-id");
    assertThat(wish.headers()).containsEntry("traceparent", "t");
    assertThat(call.order().stream()).isFalse();
    try (InputStream in = call.order().sound().stream()) {
      assertThat(in.readAllBytes()).asString().isEqualTo("RIFF");
    }
    call.says(written("Hello.")).completes();
    assertThat(heard.next().getText()).isEqualTo("Hello.");
    assertThat(heard.end()).isNull();
  }

  @Test
  void answersWithSegmentsAndUsage() throws Exception {
    Heard<RecognizeResponse> heard = recognize(RecognitionConfig.getDefaultInstance());
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.wish().times()).isEqualTo(Times.AS_THEY_COME);
    assertThat(call.wish().extra().raw()).isEqualTo("{}");
    RecognizedEvent.Written written = written("Hello.");
    call.says(written.stretches().getFirst()).says(written).completes();
    RecognizeResponse answer = heard.next();
    assertThat(answer.getLanguage()).isEqualTo("de");
    assertThat(answer.getDuration()).isEqualTo(1.5);
    assertThat(answer.getSamplingRate()).isEqualTo(16_000);
    assertThat(answer.getUsage().getTotalTokens()).isEqualTo(8);
    assertThat(answer.getUsage().getAudioMs()).isEqualTo(1_500);
    assertThat(answer.getSegments(0).getText()).isEqualTo("Hello.");
    assertThat(answer.getSegments(0).getId()).isZero();
  }

  @Test
  void detectsTheLanguage() throws Exception {
    Heard<DetectLanguageResponse> heard = new Heard<>();
    client()
        .detectLanguage(
            DetectLanguageRequest.newBuilder().setModel("m").setAudio(sound("RIFF")).build(),
            heard.side());
    FakeRecognition.Whole call = RECOGNITION.whole();
    assertThat(call.wish().task()).isEqualTo(RecognitionTask.DETECT_LANGUAGE);
    assertThat(call.wish().model()).isEqualTo("m");
    call.says(
            new RecognizedEvent.Written(
                new Transcript(
                    "",
                    "fr",
                    OptionalDouble.of(0.5),
                    List.of(new LanguageGuess("fr", OptionalDouble.of(0.5))),
                    OptionalDouble.empty(),
                    List.of(),
                    List.of(),
                    RecognitionUsage.UNKNOWN,
                    Json.EMPTY_OBJECT),
                List.of()))
        .completes();
    DetectLanguageResponse answer = heard.next();
    assertThat(answer.getDetectedLanguage()).isEqualTo("fr");
    assertThat(answer.getProbability()).isEqualTo(0.5f);
    assertThat(answer.getAllLanguages(0).getName()).isEqualTo("French");
  }

  @Test
  void takesJsonOnTheSchemasRoutes() throws Exception {
    for (String path : List.of("/stt/transcribe", "/api/audio/transcribe")) {
      var response =
          WebClient.of("h1c://127.0.0.1:" + server.httpPort())
              .execute(
                  RequestHeaders.of(HttpMethod.POST, path, "content-type", "application/json"),
                  "{\"config\":{\"model\":\"m\",\"beam_size\":5},\"audio\":{\"content\":\"UklGRg==\"}}")
              .aggregate();
      FakeRecognition.Whole call = RECOGNITION.whole();
      assertThat(call.wish().extra().raw()).isEqualTo("{\"beam_size\":5}");
      call.says(written("Hello.")).completes();
      AggregatedHttpResponse answer = response.join();
      assertThat(answer.contentUtf8()).startsWith("{\"text\":\"Hello.\"");
      assertThat(answer.headers().get("x-parley-backend")).isEqualTo("b");
    }
  }

  @Test
  void stopsTheWorkWhenTheCallerLeavesOrTheDeadlinePasses() throws Exception {
    Heard<RecognizeResponse> heard = recognize(RecognitionConfig.getDefaultInstance());
    FakeRecognition.Whole left = RECOGNITION.whole();
    heard.leave();
    assertThat(left.fate()).isEqualTo("cancelled");
    client()
        .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
        .recognize(
            RecognizeRequest.newBuilder().setAudio(sound("RIFF")).build(),
            new Heard<RecognizeResponse>().side());
    FakeRecognition.Whole late = RECOGNITION.whole();
    // The transport rounds up.
    assertThat(late.patience()).isLessThan(Duration.ofMillis(210));
    assertThat(late.fate()).isEqualTo("cancelled");
  }

  @Test
  void refusesModelledNamesAndSettingsOfSessions() throws Exception {
    assertField(
        recognize(RecognitionConfig.newBuilder().setExtraJson("{\"prompt\":\"x\"}").build()).end(),
        "config.extra_json.prompt",
        "schema");
    assertField(
        recognize(
                RecognitionConfig.newBuilder()
                    .setVad(TurnDetection.newBuilder().setIdleTimeoutMs(5))
                    .build())
            .end(),
        "config.vad.idle_timeout_ms",
        "sessions only");
    Heard<RecognizeResponse> silent = new Heard<>();
    client().recognize(RecognizeRequest.getDefaultInstance(), silent.side());
    assertThat(reason(silent.end())).isEqualTo("INVALID_FIELD");
  }

  @Test
  void handsOnSoundAndControls() throws Exception {
    Heard<StreamingRecognizeResponse> heard = live();
    heard.requests().onNext(config(StreamingRecognitionConfig.getDefaultInstance()));
    heard.requests().onNext(audio(3));
    heard.requests().onNext(finish());
    heard
        .requests()
        .onNext(
            update(
                StreamingRecognitionConfig.newBuilder()
                    .setConfig(
                        RecognitionConfig.newBuilder()
                            .addLanguages("fr")
                            .addPhrases(Phrase.newBuilder().setText("Parley")))
                    .setTurnDetection(
                        TurnDetection.newBuilder().setMode(TurnDetection.Mode.MODE_NONE))
                    .build()));
    heard.requests().onNext(audio(0));
    heard.requests().onNext(audio((32 << 10) + 1));
    heard.requests().onCompleted();
    FakeRecognition.Live call = RECOGNITION.live();
    assertThat(call.told()).isEqualTo("heard 3");
    assertThat(call.told()).isEqualTo("finalize");
    assertThat(call.told()).isEqualTo("update Optional[[Parley]]Optional[[fr]]Optional[NONE]");
    assertThat(call.told()).isEqualTo("heard 32768");
    assertThat(call.told()).isEqualTo("heard 1");
    assertThat(call.told()).isEqualTo("end");
    call.completes();
    assertThat(heard.end()).isNull();
  }

  @Test
  void tellsWhatIsHeard() throws Exception {
    Heard<StreamingRecognizeResponse> heard = live();
    heard
        .requests()
        .onNext(
            config(
                StreamingRecognitionConfig.newBuilder()
                    .setConfig(
                        RecognitionConfig.newBuilder().setModel("m").setExtraJson("{\"odd\":1}"))
                    .setFormat(
                        AudioFormat.newBuilder()
                            .setEncoding(dev.parley.proto.v1.AudioEncoding.AUDIO_ENCODING_PCM_S16LE)
                            .setSampleRateHz(8_000)
                            .setChannelCount(1))
                    .setInterimResults(true)
                    .setSpeechEvents(true)
                    .setTurnDetection(
                        TurnDetection.newBuilder()
                            .setMode(TurnDetection.Mode.MODE_SEMANTIC)
                            .setEagerness("HIGH")
                            .setThreshold(0.25f)
                            .setEagerThreshold(0.5f)
                            .setMaxWaitMs(900))
                    .build()));
    FakeRecognition.Live call = RECOGNITION.live();
    LiveOrder order = call.order();
    assertThat(order.format().encoding()).contains(AudioEncoding.PCM_S16LE);
    assertThat(order.interims()).isTrue();
    assertThat(order.speechEvents()).isTrue();
    assertThat(order.turns().mode()).isEqualTo(TurnSettings.Mode.SEMANTIC);
    assertThat(order.turns().eagerness()).isEqualTo(TurnSettings.Eagerness.HIGH);
    assertThat(order.turns().eagerThreshold()).hasValue(0.5);
    assertThat(order.turns().maxWaitMs()).hasValue(900);
    RecognizedEvent.Written written = written("Hello.");
    call.says(new LiveEvent.Started(order, 0))
        .says(
            new LiveEvent.Heard(
                LiveEvent.Heard.Kind.SPEECH_STARTED, 120, 0, OptionalDouble.of(0.75), 200))
        .says(
            new LiveEvent.Result(
                0, written.stretches().getFirst().segment(), false, 3, OptionalDouble.of(0.5), 700))
        .says(
            new LiveEvent.Result(
                0,
                written.stretches().getFirst().segment(),
                true,
                6,
                OptionalDouble.empty(),
                1_500))
        .says(
            new LiveEvent.Heard(
                LiveEvent.Heard.Kind.FINALIZED, 1_500, 1, OptionalDouble.empty(), 1_500))
        .says(new LiveEvent.Summary(written, 1_500))
        .completes();
    StreamingRecognitionConfig started = heard.next().getStarted();
    assertThat(started.getConfig().getModel()).isEqualTo("m");
    assertThat(started.getConfig().getTask()).isEqualTo(RecognitionConfig.Task.TASK_TRANSCRIBE);
    assertThat(started.getConfig().getExtraJson()).isEqualTo("{\"odd\":1}");
    assertThat(started.getFormat().getSampleRateHz()).isEqualTo(8_000);
    assertThat(started.getTurnDetection())
        .isEqualTo(
            TurnDetection.newBuilder()
                .setMode(TurnDetection.Mode.MODE_SEMANTIC)
                .setEagerness("high")
                .setThreshold(0.25f)
                .setEagerThreshold(0.5f)
                .setMaxWaitMs(900)
                .build());
    StreamingRecognizeResponse first = heard.next();
    assertThat(first.getSpeech())
        .isEqualTo(
            SpeechEvent.newBuilder()
                .setType(SpeechEvent.Type.TYPE_SPEECH_STARTED)
                .setOffsetMs(120)
                .setProbability(0.75f)
                .build());
    assertThat(first.getAudioProcessedMs()).isEqualTo(200);
    StreamingRecognizeResponse interim = heard.next();
    assertThat(interim.getResult().getIsFinal()).isFalse();
    assertThat(interim.getResult().getStability()).isEqualTo(0.5f);
    assertThat(interim.getResult().getSegment())
        .isEqualTo(Segment.newBuilder().setEnd(1.5).setText("Hello.").build());
    StreamingRecognizeResponse last = heard.next();
    assertThat(last.getResult().getIsFinal()).isTrue();
    assertThat(last.getResult().hasStability()).isFalse();
    assertThat(heard.next().getSpeech().getType()).isEqualTo(SpeechEvent.Type.TYPE_FINALIZED);
    StreamingRecognizeResponse summary = heard.next();
    assertThat(summary.getSummary().getText()).isEqualTo("Hello.");
    assertThat(summary.getAudioProcessedMs()).isEqualTo(1_500);
    assertThat(heard.end()).isNull();
  }

  @Test
  void readsNoFurtherWhileThereIsNoRoomForSound() throws Exception {
    Heard<StreamingRecognizeResponse> heard = live();
    heard.requests().onNext(config(StreamingRecognitionConfig.getDefaultInstance()));
    FakeRecognition.Live call = RECOGNITION.live();
    call.hasNoRoom();
    heard.requests().onNext(audio(1));
    heard.requests().onNext(audio(2));
    heard.requests().onCompleted();
    assertThat(call.told()).isEqualTo("heard 1");
    // An answer that went to and fro meanwhile shows that the next message had its time to come.
    call.says(new LiveEvent.Started(call.order(), 0));
    heard.next();
    assertThat(call.isQuiet()).isTrue();
    call.hasRoom();
    assertThat(call.told()).isEqualTo("heard 2");
    assertThat(call.told()).isEqualTo("end");
    call.completes();
    assertThat(heard.end()).isNull();
  }

  @Test
  void saysNoMoreThanASlowReaderTakes() throws Exception {
    Heard<StreamingRecognizeResponse> heard = new Heard<>();
    heard.holdsBack = true;
    heard.requests = client().streamingRecognize(heard.side());
    heard.requests().onNext(config(StreamingRecognitionConfig.getDefaultInstance()));
    FakeRecognition.Live call = RECOGNITION.live();
    RecognizedEvent.Written speech = written("word ".repeat(40_000).strip());
    int count = 40;
    for (int i = 0; i < count; i++) {
      call.says(
          new LiveEvent.Result(
              i, speech.stretches().getFirst().segment(), true, 0, OptionalDouble.empty(), i));
    }
    call.completes();
    assertThat(call.waiting()).isPositive();
    heard.takesAll();
    for (int i = 0; i < count; i++) {
      assertThat(heard.next().getResult().getSegment().getId()).isEqualTo(i);
    }
    assertThat(heard.end()).isNull();
  }

  @Test
  void refusesWhatComesInTheWrongOrder() throws Exception {
    for (StreamingRecognizeRequest early :
        List.of(audio(2), finish(), update(StreamingRecognitionConfig.getDefaultInstance()))) {
      Heard<StreamingRecognizeResponse> heard = live();
      heard.requests().onNext(early);
      assertField(heard.end(), "request", "config first");
    }
    Heard<StreamingRecognizeResponse> none = live();
    none.requests().onNext(StreamingRecognizeRequest.getDefaultInstance());
    assertField(none.end(), "request", "none");
    Heard<StreamingRecognizeResponse> twice = live();
    twice.requests().onNext(config(StreamingRecognitionConfig.getDefaultInstance()));
    FakeRecognition.Live call = RECOGNITION.live();
    twice.requests().onNext(config(StreamingRecognitionConfig.getDefaultInstance()));
    assertField(twice.end(), "config", "given twice");
    assertThat(call.fate()).isEqualTo("cancelled");
  }

  @Test
  void refusesUpdatesOfOtherSettings() throws Exception {
    refusesUpdate(
        StreamingRecognitionConfig.newBuilder().setInterimResults(true).build(),
        "update.interim_results",
        "only phrases");
    refusesUpdate(
        StreamingRecognitionConfig.newBuilder()
            .setConfig(RecognitionConfig.newBuilder().setModel("m"))
            .build(),
        "update.config.model",
        "only phrases");
    refusesUpdate(
        StreamingRecognitionConfig.newBuilder()
            .setTurnDetection(TurnDetection.newBuilder().setIdleTimeoutMs(1))
            .build(),
        "update.turn_detection.idle_timeout_ms",
        "sessions only");
  }

  private static void refusesUpdate(StreamingRecognitionConfig update, String field, String words)
      throws Exception {
    Heard<StreamingRecognizeResponse> heard = live();
    heard.requests().onNext(config(StreamingRecognitionConfig.getDefaultInstance()));
    FakeRecognition.Live call = RECOGNITION.live();
    heard.requests().onNext(update(update));
    assertField(heard.end(), field, words);
    assertThat(call.fate()).isEqualTo("cancelled");
    assertThat(call.isQuiet()).isTrue();
  }

  @Test
  void refusesUnknownEagerness() throws Exception {
    Heard<StreamingRecognizeResponse> heard = live();
    heard
        .requests()
        .onNext(
            config(
                StreamingRecognitionConfig.newBuilder()
                    .setTurnDetection(TurnDetection.newBuilder().setEagerness("hihg"))
                    .build()));
    assertField(heard.end(), "config.turn_detection.eagerness", "did you mean high?");
  }

  @Test
  void refusesTooMuchSoundInOneMessage() throws Exception {
    Heard<StreamingRecognizeResponse> heard = live();
    heard.requests().onNext(config(StreamingRecognitionConfig.getDefaultInstance()));
    FakeRecognition.Live call = RECOGNITION.live();
    heard.requests().onNext(audio(1 << 20));
    for (int i = 0; i < 32; i++) {
      assertThat(call.told()).isEqualTo("heard 32768");
    }
    heard.requests().onNext(audio((1 << 20) + 1));
    assertThat(reason(heard.end())).isEqualTo("TOO_LARGE");
    assertThat(call.fate()).isEqualTo("cancelled");
  }

  @Test
  void endsAnEmptyStream() throws Exception {
    Heard<StreamingRecognizeResponse> heard = live();
    heard.requests().onCompleted();
    assertThat(heard.end()).isNull();
  }

  @Test
  void stopsTheWorkWhenTheCallerOfAStreamLeaves() throws Exception {
    Heard<StreamingRecognizeResponse> heard = live();
    heard.requests().onNext(config(StreamingRecognitionConfig.getDefaultInstance()));
    FakeRecognition.Live call = RECOGNITION.live();
    heard.leave();
    assertThat(call.fate()).isEqualTo("cancelled");
  }

  @Test
  void tellsAfterTheFirstFinalThatSomethingWasSaid() throws Exception {
    Heard<StreamingRecognizeResponse> heard = live();
    heard.requests().onNext(config(StreamingRecognitionConfig.getDefaultInstance()));
    FakeRecognition.Live call = RECOGNITION.live();
    call.says(
            new LiveEvent.Result(
                0,
                written("Hello.").stretches().getFirst().segment(),
                true,
                6,
                OptionalDouble.empty(),
                9))
        .fails(
            new HubException(
                new HubError.BackendFailed(
                    new Target("b", "m"), OptionalInt.of(500), "broke", HubError.Reached.BACKEND)));
    heard.next();
    assertThat(info(heard.end()).getMetadataMap()).containsEntry("emitted", "true");
  }

  private static RecognizedEvent.Written written(String text) {
    dev.parley.core.recognition.Segment segment =
        new dev.parley.core.recognition.Segment(
            0,
            1.5,
            text,
            List.of(),
            "",
            "",
            dev.parley.core.recognition.Segment.Scores.UNTOLD,
            List.of(),
            Json.EMPTY_OBJECT);
    return new RecognizedEvent.Written(
        new Transcript(
            text,
            "de",
            OptionalDouble.empty(),
            List.of(),
            OptionalDouble.of(1.5),
            List.of(segment),
            List.of(),
            new RecognitionUsage(
                OptionalLong.of(3),
                OptionalLong.empty(),
                OptionalLong.of(5),
                OptionalLong.of(8),
                OptionalDouble.empty()),
            Json.EMPTY_OBJECT),
        List.of(new RecognizedEvent.Stretch(0, 0, segment)));
  }

  private static void assertField(@Nullable Throwable failure, String field, String words)
      throws Exception {
    assertThat(reason(failure)).isEqualTo("INVALID_FIELD");
    assertThat(detail(failure, BadRequest.class).getFieldViolations(0).getField()).isEqualTo(field);
    assertThat(failure).hasMessageContaining(words);
  }

  private static String reason(@Nullable Throwable failure) throws Exception {
    return info(failure).getReason();
  }

  private static ErrorInfo info(@Nullable Throwable failure) throws Exception {
    return detail(failure, ErrorInfo.class);
  }

  private static <T extends com.google.protobuf.Message> T detail(
      @Nullable Throwable failure, Class<T> type) throws Exception {
    assertThat(failure).isInstanceOf(StatusRuntimeException.class);
    for (var any : Objects.requireNonNull(StatusProto.fromThrowable(failure)).getDetailsList()) {
      if (any.is(type)) {
        return any.unpack(type);
      }
    }
    throw new AssertionError("no " + type.getSimpleName());
  }

  private static AudioSource sound(String bytes) {
    return AudioSource.newBuilder().setContent(ByteString.copyFromUtf8(bytes)).build();
  }

  private static StreamingRecognizeRequest config(StreamingRecognitionConfig config) {
    return StreamingRecognizeRequest.newBuilder().setConfig(config).build();
  }

  private static StreamingRecognizeRequest update(StreamingRecognitionConfig config) {
    return StreamingRecognizeRequest.newBuilder().setUpdate(config).build();
  }

  private static StreamingRecognizeRequest finish() {
    return StreamingRecognizeRequest.newBuilder().setFinalize(Empty.getDefaultInstance()).build();
  }

  private static StreamingRecognizeRequest audio(int bytes) {
    return StreamingRecognizeRequest.newBuilder()
        .setAudio(ByteString.copyFrom(new byte[bytes]))
        .build();
  }

  private static SpeechServiceGrpc.SpeechServiceStub client() {
    return GrpcClients.builder("gproto+http://127.0.0.1:" + server.httpPort())
        .responseTimeout(Duration.ofSeconds(30))
        .maxResponseMessageLength(64 << 20)
        .build(SpeechServiceGrpc.SpeechServiceStub.class);
  }

  private static Heard<RecognizeResponse> recognize(RecognitionConfig config) {
    Heard<RecognizeResponse> heard = new Heard<>();
    client()
        .recognize(
            RecognizeRequest.newBuilder().setConfig(config).setAudio(sound("RIFF")).build(),
            heard.side());
    return heard;
  }

  private static Heard<StreamingRecognizeResponse> live() {
    Heard<StreamingRecognizeResponse> heard = new Heard<>();
    heard.requests = client().streamingRecognize(heard.side());
    return heard;
  }

  /** What a caller hears. */
  private static final class Heard<R> {
    private final BlockingQueue<R> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Optional<Throwable>> ends = new LinkedBlockingQueue<>();
    private @Nullable StreamObserver<StreamingRecognizeRequest> requests;
    private @Nullable ClientCallStreamObserver<?> call;
    private boolean holdsBack;

    <Q> ClientResponseObserver<Q, R> side() {
      return new Side<>();
    }

    StreamObserver<StreamingRecognizeRequest> requests() {
      return Objects.requireNonNull(requests);
    }

    void takesAll() {
      Objects.requireNonNull(call).request(1_000);
    }

    void leave() {
      Objects.requireNonNull(call).cancel("enough", null);
    }

    R next() throws InterruptedException {
      return Objects.requireNonNull(answers.poll(10, TimeUnit.SECONDS), "nothing was said");
    }

    /** Why it ended; null when it ended well. */
    @Nullable Throwable end() throws InterruptedException {
      return Objects.requireNonNull(ends.poll(10, TimeUnit.SECONDS), "no end").orElse(null);
    }

    private final class Side<Q> implements ClientResponseObserver<Q, R> {
      @Override
      public void beforeStart(ClientCallStreamObserver<Q> stream) {
        call = stream;
        if (holdsBack) {
          stream.disableAutoRequestWithInitial(0);
        }
      }

      @Override
      public void onNext(R answer) {
        answers.add(answer);
      }

      @Override
      public void onError(Throwable failure) {
        ends.add(Optional.of(failure));
      }

      @Override
      public void onCompleted() {
        ends.add(Optional.empty());
      }
    }
  }

  /** No models. */
  private static final class NoModels implements ModelCatalog {
    @Override
    public List<CatalogModel> models() {
      return List.of();
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
