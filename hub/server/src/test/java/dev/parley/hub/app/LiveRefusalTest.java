package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.parley.core.json.JsonValue;
import dev.parley.hub.fake.Events;
import dev.parley.proto.v1.AudioEncoding;
import dev.parley.proto.v1.AudioFormat;
import dev.parley.proto.v1.AudioServiceGrpc;
import dev.parley.proto.v1.RecognitionConfig;
import dev.parley.proto.v1.SpeechServiceGrpc;
import dev.parley.proto.v1.StreamingDetectSpeechRequest;
import dev.parley.proto.v1.StreamingRecognitionConfig;
import dev.parley.proto.v1.StreamingRecognizeRequest;
import dev.parley.proto.v1.StreamingSynthesizeRequest;
import dev.parley.proto.v1.StreamingVadConfig;
import dev.parley.proto.v1.SynthesisConfig;
import dev.parley.proto.v1.SynthesizeResponse;
import dev.parley.proto.v1.TurnDetection;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A live call that the hub refuses after its begin is told with the reason, as its caller is. */
@Timeout(60)
class LiveRefusalTest {

  private static final String MODELS =
      "[{ id: gpt-4o-mini-tts, capabilities: [tts] }, { id: whisper-1, capabilities: [stt] }]";

  private static final StreamingSynthesizeRequest SPEAK =
      speak(SynthesisConfig.newBuilder().setModel("gpt-4o-mini-tts"));
  private static final StreamingSynthesizeRequest TEXT =
      StreamingSynthesizeRequest.newBuilder().setText("Hello there. This").build();
  private static final StreamingRecognizeRequest LISTEN =
      StreamingRecognizeRequest.newBuilder()
          .setConfig(
              StreamingRecognitionConfig.newBuilder()
                  .setConfig(RecognitionConfig.newBuilder().setModel("whisper-1"))
                  .setFormat(
                      AudioFormat.newBuilder()
                          .setEncoding(AudioEncoding.AUDIO_ENCODING_PCM_S16LE)
                          .setSampleRateHz(16_000)
                          .setChannelCount(1)))
          .build();
  private static final StreamingRecognizeRequest SOUND =
      StreamingRecognizeRequest.newBuilder().setAudio(ByteString.copyFrom(new byte[3_200])).build();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  static Path data;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static ObservedHub hub;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static SpeechServiceGrpc.SpeechServiceStub stub;

  @BeforeAll
  static void start() throws Exception {
    hub = new ObservedHub(data, MODELS, "usage: { flush: 100ms }\n");
    stub =
        GrpcClients.builder("gproto+http://127.0.0.1:" + hub.port())
            .responseTimeoutMillis(0)
            .maxResponseLength(0)
            .build(SpeechServiceGrpc.SpeechServiceStub.class);
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  private static StreamingSynthesizeRequest speak(SynthesisConfig.Builder config) {
    return StreamingSynthesizeRequest.newBuilder().setConfig(config).build();
  }

  /** Collects answers; the first one is what a test waits for before it goes on. */
  private static final class Ear<R> implements StreamObserver<R> {

    private final CompletableFuture<R> first = new CompletableFuture<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();

    @Override
    public void onNext(R answer) {
      first.complete(answer);
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(Status.fromThrowable(failure));
      first.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }
  }

  /** The line of a call that began, gave something, and was then sent this message. */
  private static JsonValue spokenThen(StreamingSynthesizeRequest wrong, Status.Code code)
      throws Exception {
    return line(stub::streamingSynthesize, code, Await.FIRST_ANSWER, SPEAK, TEXT, wrong);
  }

  private enum Await {
    NOTHING,
    FIRST_ANSWER
  }

  @SafeVarargs
  private static <Q, R> JsonValue line(
      Function<StreamObserver<R>, StreamObserver<Q>> call, Status.Code code, Await await, Q... all)
      throws Exception {
    Ear<R> ear = new Ear<>();
    StreamObserver<Q> mouth = call.apply(ear);
    for (int i = 0; i < all.length - 1; i++) {
      mouth.onNext(all[i]);
    }
    if (await == Await.FIRST_ANSWER) {
      ear.first.get(20, TimeUnit.SECONDS);
    }
    mouth.onNext(all[all.length - 1]);
    assertThat(ear.end.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(code);
    return callLine();
  }

  /** Questions about the ledger have lines, too. */
  private static JsonValue callLine() throws InterruptedException {
    JsonValue line;
    do {
      line = hub.line();
    } while (text(line, "call").equals("request"));
    return line;
  }

  private static String text(JsonValue line, String key) {
    return Objects.requireNonNull(line.get(key), () -> key + " in " + line.raw()).asString();
  }

  /** How many calls of this kind the ledger holds that ended so; waits until there are some. */
  private static void assertLedgerHas(String kind, String outcome) throws Exception {
    String body;
    do {
      body = hub.get("/api/admin/usage?group_by=kind&group_by=outcome").body();
    } while (!body.contains("[\"" + kind + "\",\"" + outcome + "\"]"));
    assertThat(Events.json(body).raw())
        .contains("\"group\":[\"" + kind + "\",\"" + outcome + "\"]");
  }

  @Test
  void aMessageThatComesWhereItMayNot() throws Exception {
    JsonValue line = spokenThen(SPEAK, Status.Code.INVALID_ARGUMENT);
    assertThat(text(line, "call")).isEqualTo("speech");
    assertThat(text(line, "outcome")).isEqualTo("invalid_request");
    assertLedgerHas("speech", "invalid_request");
  }

  @Test
  void aMessageThatTheSchemaRefuses() throws Exception {
    JsonValue line =
        spokenThen(
            speak(SynthesisConfig.newBuilder().setModel("gpt-4o-mini-tts").setSpeed(9)),
            Status.Code.INVALID_ARGUMENT);
    assertThat(text(line, "outcome")).isEqualTo("invalid_request");
  }

  @Test
  void aMessageThatIsTooLarge() throws Exception {
    JsonValue line =
        spokenThen(
            StreamingSynthesizeRequest.newBuilder().setText("a".repeat(33 << 20)).build(),
            Status.Code.RESOURCE_EXHAUSTED);
    assertThat(text(line, "outcome")).isEqualTo("too_large");
  }

  @Test
  void soundThatIsTooLarge() throws Exception {
    JsonValue line =
        line(
            stub::streamingRecognize,
            Status.Code.RESOURCE_EXHAUSTED,
            Await.NOTHING,
            LISTEN,
            SOUND,
            StreamingRecognizeRequest.newBuilder()
                .setAudio(ByteString.copyFrom(new byte[(1 << 20) + 1]))
                .build());
    assertThat(text(line, "call")).isEqualTo("live_transcription");
    assertThat(text(line, "outcome")).isEqualTo("too_large");
    assertLedgerHas("live_transcription", "too_large");
  }

  @Test
  void aDetectionThatTheSchemaRefuses() throws Exception {
    AudioServiceGrpc.AudioServiceStub audio =
        GrpcClients.newClient(
            "gproto+http://127.0.0.1:" + hub.port(), AudioServiceGrpc.AudioServiceStub.class);
    JsonValue line =
        line(
            audio::streamingDetectSpeech,
            Status.Code.INVALID_ARGUMENT,
            Await.NOTHING,
            StreamingDetectSpeechRequest.newBuilder()
                .setConfig(
                    StreamingVadConfig.newBuilder()
                        .setVad(TurnDetection.newBuilder().setSilenceDurationMs(-1)))
                .build());
    assertThat(text(line, "call")).isEqualTo("live");
    assertThat(text(line, "outcome")).isEqualTo("INVALID_FIELD");
  }

  @Test
  void aCallerThatLeavesIsStillCancelled() throws Exception {
    Ear<SynthesizeResponse> ear = new Ear<>();
    StreamObserver<StreamingSynthesizeRequest> mouth = stub.streamingSynthesize(ear);
    mouth.onNext(SPEAK);
    mouth.onNext(TEXT);
    ear.first.get(20, TimeUnit.SECONDS);
    ((ClientCallStreamObserver<StreamingSynthesizeRequest>) mouth).cancel("gone", null);
    assertThat(text(callLine(), "outcome")).isEqualTo("cancelled");
  }
}
