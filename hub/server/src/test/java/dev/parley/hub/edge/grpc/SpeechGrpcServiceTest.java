package dev.parley.hub.edge.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.testing.junit5.server.ServerExtension;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechMark;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.time.Clock;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.fake.FakeRecognition;
import dev.parley.hub.fake.FakeSynthesis;
import dev.parley.hub.fake.NoSpeakers;
import dev.parley.hub.media.Media;
import dev.parley.hub.media.TestMedia;
import dev.parley.hub.registry.CatalogModel;
import dev.parley.hub.registry.ModelCatalog;
import dev.parley.hub.speech.SpokenEvent;
import dev.parley.hub.speech.VoiceWish;
import dev.parley.hub.telemetry.CallLog;
import dev.parley.hub.telemetry.Metrics;
import dev.parley.proto.v1.AudioSource;
import dev.parley.proto.v1.Pronunciation;
import dev.parley.proto.v1.SegmentEnd;
import dev.parley.proto.v1.SpeechServiceGrpc;
import dev.parley.proto.v1.StreamingSynthesizeRequest;
import dev.parley.proto.v1.SynthesisConfig;
import dev.parley.proto.v1.SynthesizeRequest;
import dev.parley.proto.v1.SynthesizeResponse;
import dev.parley.proto.v1.VoiceBlend;
import dev.parley.proto.v1.VoicePrompt;
import dev.parley.proto.v1.VoiceSelection;
import dev.parley.proto.v1.WeightedVoice;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeechGrpcServiceTest {
  private static final FakeSynthesis SYNTHESIS = new FakeSynthesis();

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
                      SYNTHESIS,
                      new FakeRecognition(),
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

  @Test
  void sendsFormatSoundMarksAndTheEnd() throws Exception {
    Heard heard = synthesize(text("Hello there."));
    FakeSynthesis.Call call = SYNTHESIS.call();
    call.begins()
        .says(new SpokenEvent.Sound(0, new byte[] {1, 2}, 0))
        .says(
            new SpokenEvent.Marks(
                0, List.of(new SpeechMark(SpeechMark.Kind.WORD, "Hello", 0, 0.4, 0, 5))))
        .says(new SpokenEvent.Sound(0, new byte[] {3, 4}, 100))
        .ends(0, SpokenEvent.Ended.Reason.COMPLETED)
        .completes();
    SynthesizeResponse first = heard.next();
    assertThat(first.getAudio().getFormat().getSampleRateHz()).isEqualTo(24_000);
    assertThat(first.getAudio().getData()).isEqualTo(ByteString.copyFrom(new byte[] {1, 2}));
    assertThat(heard.next().getMarks().getMarks(0).getValue()).isEqualTo("Hello");
    SynthesizeResponse second = heard.next();
    assertThat(second.getAudio().hasFormat()).isFalse();
    assertThat(second.getAudio().getOffsetMs()).isEqualTo(100);
    SegmentEnd end = heard.next().getEnd();
    assertThat(end.getReason()).isEqualTo(SegmentEnd.Reason.REASON_COMPLETED);
    assertThat(end.getDurationMs()).isEqualTo(40);
    assertThat(end.getUsage().getTotalTokens()).isEqualTo(8);
    assertThat(heard.end()).isNull();
    assertThat(call.text()).isEqualTo(new SpeechText.Plain("Hello there."));
    assertThat(call.order().requestId()).isEqualTo("fresh-id");
    assertThat(call.order().headers()).containsEntry("traceparent", "t");
  }

  @Test
  void readsTheWholeConfiguration() throws Exception {
    SynthesisConfig config =
        SynthesisConfig.newBuilder()
            .setModel("m")
            .setVoice(
                VoiceSelection.newBuilder()
                    .setBlend(
                        VoiceBlend.newBuilder()
                            .addVoices(WeightedVoice.newBuilder().setVoiceId("a").setWeight(1))
                            .addVoices(WeightedVoice.newBuilder().setVoiceId("b").setWeight(3))))
            .setLanguage("de")
            .setSpeed(1.5)
            .setPitchSemitones(-2)
            .setVolumeGainDb(3)
            .setInstructions("calm")
            .addPronunciations(
                Pronunciation.newBuilder()
                    .setPhrase("SQL")
                    .setAlphabet("alias")
                    .setPronunciation("sequel"))
            .setSeed(7)
            .setSplitSentences(false)
            .setMaxBufferDelayMs(250)
            .setExtraJson("{\"top_k\":5}")
            .build();
    synthesize(SynthesizeRequest.newBuilder().setConfig(config).setText("Hi.").build());
    var order = SYNTHESIS.call().order();
    assertThat(order.voice())
        .isEqualTo(
            new VoiceWish.Blended(
                List.of(
                    new VoiceWish.Blended.Share("a", 0.25),
                    new VoiceWish.Blended.Share("b", 0.75))));
    assertThat(order.language()).isEqualTo("de");
    assertThat(order.speed()).isEqualTo(1.5);
    assertThat(order.pitchSemitones()).hasValue(-2);
    assertThat(order.gainDb()).isEqualTo(3);
    assertThat(order.seed()).isEqualTo(OptionalLong.of(7));
    assertThat(order.split()).isEqualTo(Optional.of(false));
    assertThat(order.bufferDelayMs()).isEqualTo(OptionalInt.of(250));
    assertThat(order.extra().raw()).isEqualTo("{\"top_k\":5}");
    assertThat(order.pronunciations().getFirst().sounds()).isEqualTo("sequel");
  }

  @Test
  void takesARecordingAsVoice() throws Exception {
    AudioSource audio =
        AudioSource.newBuilder().setContent(ByteString.copyFromUtf8("RIFF")).build();
    synthesize(
        SynthesizeRequest.newBuilder()
            .setConfig(
                SynthesisConfig.newBuilder()
                    .setVoice(
                        VoiceSelection.newBuilder()
                            .setPrompt(
                                VoicePrompt.newBuilder().setAudio(audio).setTranscript("so"))))
            .setText("Hi.")
            .build());
    assertThat(SYNTHESIS.call().order().voice())
        .isInstanceOfSatisfying(
            VoiceWish.Recorded.class, voice -> assertThat(voice.transcript()).isEqualTo("so"));
  }

  @Test
  void tellsWhoServedAndWhoSpeaks() throws Exception {
    Heard heard = synthesize(text("Hello."));
    SYNTHESIS.call().begins().sounds((byte) 1).completes();
    heard.next();
    assertThat(heard.end()).isNull();
    assertThat(heard.header("x-parley-backend")).isEqualTo("b");
    assertThat(heard.header("x-parley-attempts")).isEqualTo("1");
    assertThat(heard.header("x-parley-first-byte-ms")).isEqualTo("5");
    assertThat(heard.header("x-parley-voice")).isEqualTo("Zo%C3%AB");
    assertThat(heard.header("x-parley-blend")).isEqualTo("mixed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~~ ; text ; empty",
        "~  \t ~ ; text ; white space",
      })
  void refusesATextWithoutWords(String said, String field, String words) throws Exception {
    refuses(text(said), field, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<speak>a</spoke> | line 1",
        "<speak>a | line 1",
        "hello | line 1",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><speak>&b;</speak> | a document type at line 1",
        "<html>a</html> | <speak>",
      })
  void refusesSsmlThatIsNotWellFormed(String document, String words) throws Exception {
    refuses(SynthesizeRequest.newBuilder().setSsml(document).build(), "ssml", words);
  }

  @Test
  void passesSsmlOn() throws Exception {
    String document = "<speak>a <break time=\"1s\"/> b</speak>";
    synthesize(SynthesizeRequest.newBuilder().setSsml(document).build());
    assertThat(SYNTHESIS.call().text()).isEqualTo(new SpeechText.Ssml(document));
  }

  @Test
  void refusesALongText() throws Exception {
    synthesize(text("a".repeat(65_536)));
    assertThat(SYNTHESIS.call().text()).isNotNull();
    Heard heard = synthesize(text("a".repeat(65_537)));
    assertThat(reason(heard.end())).isEqualTo("TOO_LARGE");
  }

  @Test
  void refusesModelledNamesAmongTheUnknownOnes() throws Exception {
    refuses(
        SynthesizeRequest.newBuilder()
            .setConfig(SynthesisConfig.newBuilder().setExtraJson("{\"speed\":2}"))
            .setText("Hi.")
            .build(),
        "config.extra_json.speed",
        "schema");
  }

  @Test
  void tellsAfterTheFirstSoundThatSomethingWasHeard() throws Exception {
    Heard heard = synthesize(text("Hello."));
    SYNTHESIS
        .call()
        .begins()
        .sounds((byte) 1)
        .fails(
            new HubException(
                new HubError.BackendFailed(
                    new Target("b", "m"), OptionalInt.of(500), "broke", HubError.Reached.BACKEND)));
    heard.next();
    assertThat(info(heard.end()).getMetadataMap()).containsEntry("emitted", "true");
  }

  @Test
  void stopsTheWorkWhenTheCallerLeaves() throws Exception {
    Heard heard = synthesize(text("Hello."));
    FakeSynthesis.Call call = SYNTHESIS.call();
    heard.leave();
    assertThat(call.fate()).isEqualTo("cancelled");
  }

  @Test
  void stopsTheWorkAtTheDeadline() throws Exception {
    Heard heard = new Heard();
    client(heard)
        .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
        .synthesize(text("Hello."), heard.once());
    FakeSynthesis.Call call = SYNTHESIS.call();
    // The transport rounds up.
    assertThat(call.patience()).isLessThan(Duration.ofMillis(210));
    assertThat(call.fate()).isEqualTo("cancelled");
  }

  @Test
  void handsOnTextAsItIsWritten() throws Exception {
    Heard heard = live();
    heard.requests().onNext(config());
    heard.requests().onNext(written("One "));
    heard.requests().onNext(written("two."));
    heard
        .requests()
        .onNext(
            StreamingSynthesizeRequest.newBuilder().setFlush(Empty.getDefaultInstance()).build());
    heard
        .requests()
        .onNext(
            StreamingSynthesizeRequest.newBuilder().setCancel(Empty.getDefaultInstance()).build());
    heard.requests().onCompleted();
    FakeSynthesis.Call call = SYNTHESIS.call();
    assertThat(call.written()).isEqualTo("add One ");
    assertThat(call.written()).isEqualTo("add two.");
    assertThat(call.written()).isEqualTo("flush");
    assertThat(call.written()).isEqualTo("cancel");
    assertThat(call.written()).isEqualTo("end");
    call.begins()
        .ends(0, SpokenEvent.Ended.Reason.COMPLETED)
        .ends(1, SpokenEvent.Ended.Reason.CANCELLED)
        .completes();
    assertThat(heard.next().getSegment()).isZero();
    SynthesizeResponse second = heard.next();
    assertThat(second.getSegment()).isEqualTo(1);
    assertThat(second.getEnd().getReason()).isEqualTo(SegmentEnd.Reason.REASON_CANCELLED);
    assertThat(heard.end()).isNull();
  }

  @Test
  void readsNoFurtherWhileThereIsNoRoomForText() throws Exception {
    Heard heard = live();
    heard.requests().onNext(config());
    FakeSynthesis.Call call = SYNTHESIS.call();
    call.fillsWithText();
    heard.requests().onNext(written("One."));
    heard.requests().onNext(written("Two."));
    heard.requests().onNext(written("Three."));
    assertThat(call.written()).isEqualTo("add One.");
    // An answer that went to and fro meanwhile shows that the next message had its time to come.
    call.begins().sounds((byte) 1);
    heard.next();
    assertThat(call.isQuiet()).isTrue();
    call.hasRoom();
    assertThat(call.written()).isEqualTo("add Two.");
    assertThat(call.written()).isEqualTo("add Three.");
  }

  @Test
  void refusesTextBeforeConfig() throws Exception {
    Heard heard = live();
    heard.requests().onNext(written("One."));
    assertField(heard.end(), "request", "config first");
  }

  @Test
  void refusesASecondConfig() throws Exception {
    Heard heard = live();
    heard.requests().onNext(config());
    FakeSynthesis.Call call = SYNTHESIS.call();
    heard.requests().onNext(config());
    assertField(heard.end(), "config", "given twice");
    assertThat(call.fate()).isEqualTo("cancelled");
  }

  @Test
  void refusesAnEmptyMessage() throws Exception {
    Heard heard = live();
    heard.requests().onNext(StreamingSynthesizeRequest.getDefaultInstance());
    assertField(heard.end(), "request", "none");
  }

  @Test
  void endsAnEmptyStream() throws Exception {
    Heard heard = live();
    heard.requests().onCompleted();
    assertThat(heard.end()).isNull();
  }

  private static void refuses(SynthesizeRequest request, String field, String words)
      throws Exception {
    assertField(synthesize(request).end(), field, words);
    assertThat(SYNTHESIS.isQuiet()).isTrue();
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

  private static SynthesizeRequest text(String text) {
    return SynthesizeRequest.newBuilder().setText(text).build();
  }

  private static StreamingSynthesizeRequest config() {
    return StreamingSynthesizeRequest.newBuilder()
        .setConfig(SynthesisConfig.newBuilder().setModel("m"))
        .build();
  }

  private static StreamingSynthesizeRequest written(String text) {
    return StreamingSynthesizeRequest.newBuilder().setText(text).build();
  }

  private static SpeechServiceGrpc.SpeechServiceStub client(Heard heard) {
    return GrpcClients.builder("gproto+http://127.0.0.1:" + server.httpPort())
        .responseTimeout(Duration.ofSeconds(30))
        .build(SpeechServiceGrpc.SpeechServiceStub.class)
        .withInterceptors(
            MetadataUtils.newCaptureMetadataInterceptor(heard.headers, heard.trailers));
  }

  private static Heard synthesize(SynthesizeRequest request) {
    Heard heard = new Heard();
    client(heard).synthesize(request, heard.once());
    return heard;
  }

  private static Heard live() {
    Heard heard = new Heard();
    heard.requests = client(heard).streamingSynthesize(heard.many());
    return heard;
  }

  /** What a caller hears. */
  private static final class Heard {
    private final BlockingQueue<SynthesizeResponse> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Optional<Throwable>> ends = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Metadata> headers = new AtomicReference<>();
    private final AtomicReference<@Nullable Metadata> trailers = new AtomicReference<>();
    private @Nullable StreamObserver<StreamingSynthesizeRequest> requests;
    private @Nullable ClientCallStreamObserver<?> call;

    ClientResponseObserver<SynthesizeRequest, SynthesizeResponse> once() {
      return new Side<>();
    }

    ClientResponseObserver<StreamingSynthesizeRequest, SynthesizeResponse> many() {
      return new Side<>();
    }

    StreamObserver<StreamingSynthesizeRequest> requests() {
      return Objects.requireNonNull(requests);
    }

    void leave() {
      Objects.requireNonNull(call).cancel("enough", null);
    }

    SynthesizeResponse next() throws InterruptedException {
      return Objects.requireNonNull(answers.poll(10, TimeUnit.SECONDS), "nothing was said");
    }

    /** Why it ended; null when it ended well. */
    @Nullable Throwable end() throws InterruptedException {
      return Objects.requireNonNull(ends.poll(10, TimeUnit.SECONDS), "no end").orElse(null);
    }

    @Nullable String header(String name) {
      Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
      Metadata early = headers.get();
      Metadata late = trailers.get();
      return early != null && early.containsKey(key)
          ? early.get(key)
          : late == null ? null : late.get(key);
    }

    private final class Side<Q> implements ClientResponseObserver<Q, SynthesizeResponse> {
      @Override
      public void beforeStart(ClientCallStreamObserver<Q> stream) {
        call = stream;
      }

      @Override
      public void onNext(SynthesizeResponse answer) {
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
