package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.parley.proto.v1.AudioEncoding;
import dev.parley.proto.v1.AudioFormat;
import dev.parley.proto.v1.AudioServiceGrpc;
import dev.parley.proto.v1.SpeechEvent;
import dev.parley.proto.v1.StreamingDetectSpeechRequest;
import dev.parley.proto.v1.StreamingVadConfig;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Speech found while the sound comes. */
final class LiveSpeechTest {

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of("server: { port: 0 }").withModels(Sounds.SHARED.resolve("models"));

  private static final AudioFormat PCM_16K =
      AudioFormat.newBuilder()
          .setEncoding(AudioEncoding.AUDIO_ENCODING_PCM_S16LE)
          .setSampleRateHz(16_000)
          .setChannelCount(1)
          .build();

  private final List<SpeechEvent> events = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  @Test
  void tellsWhereSpeechStartsAndStops() throws Exception {
    byte[] wav = Sounds.recording("speech/en/jfk.wav");
    var _ = Sounds.models();
    List<SpeechEvent> found = hear(PCM_16K, Arrays.copyOfRange(wav, 44, wav.length), 640);
    assertThat(found).isNotEmpty();
    assertThat(found.getFirst().getType()).isEqualTo(SpeechEvent.Type.TYPE_SPEECH_STARTED);
    assertThat(found.getFirst().getOffsetMs()).isBetween(0, 600);
    assertThat(found.getLast().getType()).isEqualTo(SpeechEvent.Type.TYPE_SPEECH_STOPPED);
    assertThat(found.getLast().getOffsetMs()).isCloseTo(10_700, within(400));
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).getTurn()).isEqualTo(i / 2);
    }
  }

  @Test
  void anySplitOfTheSoundGivesTheSameEvents() throws Exception {
    byte[] wav = Sounds.recording("speech/en/jfk.wav");
    var _ = Sounds.models();
    byte[] pcm = Arrays.copyOfRange(wav, 44, wav.length);
    List<SpeechEvent> small = List.copyOf(hear(PCM_16K, pcm, 333));
    assertThat(new LiveSpeechTest().hear(PCM_16K, pcm, 100_001)).isEqualTo(small);
  }

  @Test
  void recognisesWhatTheBytesAre() throws Exception {
    var _ = Sounds.models();
    List<SpeechEvent> found =
        hear(AudioFormat.getDefaultInstance(), Sounds.recording("formats/derived-jfk.webm"), 1_000);
    assertThat(found).hasSizeGreaterThanOrEqualTo(2);
    assertThat(found.getLast().getOffsetMs()).isCloseTo(10_700, within(400));
  }

  @Test
  void hundredsMayBeginInOneMoment() throws Exception {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    try (GrpcCaller caller = new GrpcCaller(hub)) {
      AudioServiceGrpc.AudioServiceStub audio =
          caller.stub(AudioServiceGrpc.AudioServiceStub.class);
      for (int i = 0; i < 300; i++) {
        CompletableFuture<Void> one = new CompletableFuture<>();
        ends.add(one);
        StreamObserver<StreamingDetectSpeechRequest> call =
            audio.streamingDetectSpeech(Answers.all(new ArrayList<>(), one));
        call.onNext(config(PCM_16K));
        call.onNext(audio(new byte[3_200]));
        call.onCompleted();
      }
      CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0])).get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void refusesAudioBeforeItsConfiguration() throws Exception {
    StreamObserver<StreamingDetectSpeechRequest> call = call();
    call.onNext(audio(new byte[10]));
    refused("INVALID_ARGUMENT");
  }

  @Test
  void refusesDetectorsThatMustHearItWhole() throws Exception {
    var _ = Sounds.models();
    StreamObserver<StreamingDetectSpeechRequest> call = call();
    call.onNext(
        StreamingDetectSpeechRequest.newBuilder()
            .setConfig(StreamingVadConfig.newBuilder().setFormat(PCM_16K).setModel("vad-accurate"))
            .build());
    refused("FAILED_PRECONDITION");
  }

  @Test
  void saysWhatIsNoSound() throws Exception {
    StreamObserver<StreamingDetectSpeechRequest> call = call();
    call.onNext(config(AudioFormat.getDefaultInstance()));
    call.onNext(
        audio(
            "%PDF-1.7 nothing to hear here at all"
                .repeat(200)
                .getBytes(StandardCharsets.US_ASCII)));
    call.onCompleted();
    refused("INVALID_ARGUMENT");
  }

  private void refused(String code) {
    assertThat(end)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withMessageContaining(code);
  }

  private List<SpeechEvent> hear(AudioFormat format, byte[] bytes, int split) throws Exception {
    StreamObserver<StreamingDetectSpeechRequest> call = call();
    call.onNext(config(format));
    for (int at = 0; at < bytes.length; at += split) {
      call.onNext(audio(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + split))));
    }
    call.onCompleted();
    end.get(20, TimeUnit.SECONDS);
    return events;
  }

  private StreamObserver<StreamingDetectSpeechRequest> call() {
    GrpcCaller caller = new GrpcCaller(hub);
    var _ = end.whenComplete((_, _) -> Thread.ofVirtual().start(caller::close));
    return caller
        .stub(AudioServiceGrpc.AudioServiceStub.class)
        .streamingDetectSpeech(Answers.all(events, end));
  }

  private static StreamingDetectSpeechRequest config(AudioFormat format) {
    StreamingVadConfig.Builder config = StreamingVadConfig.newBuilder();
    if (!format.equals(AudioFormat.getDefaultInstance())) {
      config.setFormat(format);
    }
    return StreamingDetectSpeechRequest.newBuilder().setConfig(config).build();
  }

  private static StreamingDetectSpeechRequest audio(byte[] bytes) {
    return StreamingDetectSpeechRequest.newBuilder().setAudio(ByteString.copyFrom(bytes)).build();
  }
}
