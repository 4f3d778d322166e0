package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.parley.proto.v1.AudioEncoding;
import dev.parley.proto.v1.AudioFormat;
import dev.parley.proto.v1.RecognitionConfig;
import dev.parley.proto.v1.SpeechEvent;
import dev.parley.proto.v1.SpeechServiceGrpc;
import dev.parley.proto.v1.StreamingRecognitionConfig;
import dev.parley.proto.v1.StreamingRecognizeRequest;
import dev.parley.proto.v1.StreamingRecognizeResponse;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.content.Talk;
import dev.parley.testkit.content.Wave;
import dev.parley.testkit.openai.FakeVllm;
import dev.parley.testkit.whisper.FakeFasterWhisper;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sound that is written down while it arrives, over gRPC. */
final class LiveRecognitionTest {

  private static final FakeFasterWhisper FILES = new FakeFasterWhisper();
  private static final FakeFasterWhisper OTHER = new FakeFasterWhisper();
  private static final FakeVllm LIVE = new FakeVllm("voxtral-realtime");

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              """
              server: { port: 0 }
              local: { speech: off }
              backends:
                - id: files
                  type: faster-whisper
                  base_url: ${files}
                  models: [ { id: whisper-a, capabilities: [stt] } ]
                - id: other
                  type: faster-whisper
                  base_url: ${other}
                  models: [ { id: whisper-b, capabilities: [stt] } ]
                - id: live
                  type: vllm
                  base_url: ${live}
                  models: [ { id: voxtral-realtime, capabilities: [stt] } ]
              models:
                - id: safe
                  targets:
                    - { backend: files, model: whisper-a }
                    - { backend: other, model: whisper-b }
              """)
          .behind("files", FILES)
          .behind("other", OTHER)
          .behind("live", LIVE);

  private final List<StreamingRecognizeResponse> told = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  @BeforeEach
  void forget() {
    FILES.forgetRequests();
    OTHER.forgetRequests();
    LIVE.forgetRequests();
  }

  private static Talk talk() {
    return Talk.begin(16_000)
        .silence(0.6)
        .say("the boat left the harbour early in the morning")
        .silence(1.4)
        .say("and nobody saw it again")
        .silence(1.2);
  }

  private StreamObserver<StreamingRecognizeRequest> open(String model) {
    StreamObserver<StreamingRecognizeRequest> caller =
        GrpcClients.newClient(
                "gproto+h2c://127.0.0.1:" + hub.port() + "/",
                SpeechServiceGrpc.SpeechServiceStub.class)
            .streamingRecognize(Answers.all(told, end));
    caller.onNext(
        StreamingRecognizeRequest.newBuilder()
            .setConfig(
                StreamingRecognitionConfig.newBuilder()
                    .setConfig(RecognitionConfig.newBuilder().setModel(model))
                    .setFormat(
                        AudioFormat.newBuilder()
                            .setEncoding(AudioEncoding.AUDIO_ENCODING_PCM_S16LE)
                            .setSampleRateHz(16_000)
                            .setChannelCount(1))
                    .setInterimResults(true)
                    .setSpeechEvents(true))
            .build());
    return caller;
  }

  private static void say(StreamObserver<StreamingRecognizeRequest> caller, Talk talk) {
    byte[] pcm = Wave.pcm(talk.samples());
    int piece = 3_200;
    for (int at = 0; at < pcm.length; at += piece) {
      int length = Math.min(piece, pcm.length - at);
      caller.onNext(
          StreamingRecognizeRequest.newBuilder()
              .setAudio(ByteString.copyFrom(pcm, at, length))
              .build());
    }
  }

  private String finals() {
    return told.stream()
        .filter(r -> r.hasResult() && r.getResult().getIsFinal())
        .map(r -> r.getResult().getSegment().getText())
        .collect(Collectors.joining(" "));
  }

  private List<SpeechEvent.Type> events() {
    return told.stream()
        .filter(StreamingRecognizeResponse::hasSpeech)
        .map(r -> r.getSpeech().getType())
        .toList();
  }

  @Test
  void wordsInAreWordsOutOverABackendThatTakesFiles() throws Exception {
    StreamObserver<StreamingRecognizeRequest> caller = open("whisper-a");
    say(caller, talk());
    caller.onCompleted();
    end.get(30, TimeUnit.SECONDS);
    assertThat(told.getFirst().hasStarted()).isTrue();
    assertThat(finals()).isEqualTo(talk().text());
    assertThat(told.getLast().getSummary().getText()).isEqualTo(talk().text());
    assertThat(events())
        .containsSubsequence(
            SpeechEvent.Type.TYPE_SPEECH_STARTED,
            SpeechEvent.Type.TYPE_SPEECH_STOPPED,
            SpeechEvent.Type.TYPE_END_OF_TURN,
            SpeechEvent.Type.TYPE_SPEECH_STARTED,
            SpeechEvent.Type.TYPE_SPEECH_STOPPED,
            SpeechEvent.Type.TYPE_END_OF_TURN);
  }

  @Test
  void aDeadBackendCostsADelayOnly() throws Exception {
    FILES.enqueue(Behaviour.reset());
    FILES.enqueue(Behaviour.reset());
    FILES.enqueue(Behaviour.reset());
    StreamObserver<StreamingRecognizeRequest> caller = open("safe");
    say(caller, talk());
    caller.onCompleted();
    end.get(30, TimeUnit.SECONDS);
    assertThat(finals()).isEqualTo(talk().text());
  }

  @Test
  void whatWasHeardBecomesFinalWhenItIsAskedFor() throws Exception {
    StreamObserver<StreamingRecognizeRequest> caller = open("whisper-a");
    say(caller, Talk.begin(16_000).silence(0.6).say("one two three").silence(0.2));
    caller.onNext(
        StreamingRecognizeRequest.newBuilder().setFinalize(Empty.getDefaultInstance()).build());
    say(caller, Talk.begin(16_000).silence(0.6).say("four five six").silence(0.8));
    caller.onCompleted();
    end.get(30, TimeUnit.SECONDS);
    assertThat(events()).contains(SpeechEvent.Type.TYPE_FINALIZED);
    assertThat(finals()).isEqualTo("one two three four five six");
  }

  @Test
  void aBackendThatHearsWhileSomebodySpeaksIsUsedAsSuch() throws Exception {
    StreamObserver<StreamingRecognizeRequest> caller = open("voxtral-realtime");
    say(caller, talk());
    caller.onCompleted();
    end.get(30, TimeUnit.SECONDS);
    assertThat(finals()).isEqualTo(talk().text());
    assertThat(LIVE.socketsOpened()).isPositive();
    assertThat(LIVE.requests("/v1/audio/transcriptions")).isEmpty();
  }

  @Test
  void aSocketThatBreaksCostsADelayOnly() throws Exception {
    LIVE.breakSockets(1);
    StreamObserver<StreamingRecognizeRequest> caller = open("voxtral-realtime");
    say(caller, talk());
    caller.onCompleted();
    end.get(30, TimeUnit.SECONDS);
    assertThat(finals()).isEqualTo(talk().text());
  }

  @Test
  void silenceCostsNothing() throws Exception {
    StreamObserver<StreamingRecognizeRequest> caller = open("whisper-a");
    say(caller, Talk.begin(16_000).silence(6));
    caller.onCompleted();
    end.get(30, TimeUnit.SECONDS);
    assertThat(finals()).isEmpty();
    assertThat(FILES.requests("/transcribe")).isEmpty();
    assertThat(told.getLast().getSummary().getDuration()).isEqualTo(6);
  }
}
