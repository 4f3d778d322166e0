package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.parley.proto.v1.AudioEncoding;
import dev.parley.proto.v1.AudioFormat;
import dev.parley.proto.v1.SegmentEnd;
import dev.parley.proto.v1.SpeechServiceGrpc;
import dev.parley.proto.v1.StreamingSynthesizeRequest;
import dev.parley.proto.v1.SynthesisConfig;
import dev.parley.proto.v1.SynthesizeResponse;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Gate;
import dev.parley.testkit.content.SpokenText;
import dev.parley.testkit.openai.FakeOpenAi;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Text that is spoken while it is being written, over gRPC. */
final class LiveSynthesisTest {

  private static final FakeOpenAi FAKE = new FakeOpenAi("tts");
  private static final String ROUTE = "/v1/audio/speech";
  private static final Duration SOON = Duration.ofSeconds(10);

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              """
              server: { port: 0 }
              local: { speech: off }
              backends:
                - id: one
                  type: openai
                  base_url: ${one}
                  models: [ { id: tts, capabilities: [tts] } ]
              """)
          .behind("one", FAKE);

  private final List<SynthesizeResponse> heard = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  @BeforeEach
  void forget() {
    FAKE.forgetRequests();
  }

  private StreamObserver<StreamingSynthesizeRequest> open() {
    StreamObserver<StreamingSynthesizeRequest> caller =
        GrpcClients.newClient(
                "gproto+h2c://127.0.0.1:" + hub.port() + "/",
                SpeechServiceGrpc.SpeechServiceStub.class)
            .streamingSynthesize(Answers.all(heard, end));
    caller.onNext(
        StreamingSynthesizeRequest.newBuilder()
            .setConfig(
                SynthesisConfig.newBuilder()
                    .setModel("tts")
                    .setFormat(
                        AudioFormat.newBuilder()
                            .setEncoding(AudioEncoding.AUDIO_ENCODING_PCM_S16LE)
                            .setSampleRateHz(24_000)))
            .build());
    return caller;
  }

  private static StreamingSynthesizeRequest text(String text) {
    return StreamingSynthesizeRequest.newBuilder().setText(text).build();
  }

  private static StreamingSynthesizeRequest flush() {
    return StreamingSynthesizeRequest.newBuilder().setFlush(Empty.getDefaultInstance()).build();
  }

  private static StreamingSynthesizeRequest cancel() {
    return StreamingSynthesizeRequest.newBuilder().setCancel(Empty.getDefaultInstance()).build();
  }

  private String said(int segment) {
    ByteArrayOutputStream pcm = new ByteArrayOutputStream();
    for (SynthesizeResponse response : heard) {
      if (response.hasAudio() && response.getSegment() == segment) {
        pcm.writeBytes(response.getAudio().getData().toByteArray());
      }
    }
    ByteBuffer bytes = ByteBuffer.wrap(pcm.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    float[] samples = new float[bytes.remaining() / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bytes.getShort() / 32_768f;
    }
    return String.join(" ", SpokenText.utterances(samples, 24_000));
  }

  private List<SegmentEnd.Reason> ends(int segment) {
    return heard.stream()
        .filter(response -> response.hasEnd() && response.getSegment() == segment)
        .map(response -> response.getEnd().getReason())
        .toList();
  }

  private void await(int segment) {
    Waiting.untilTrue("the end of " + segment, SOON, () -> !ends(segment).isEmpty());
  }

  @Test
  void speaksTheFirstClauseBeforeTheRestIsWritten() throws Exception {
    StreamObserver<StreamingSynthesizeRequest> caller = open();
    for (String token : "Well my dear friend, this is how ".split("(?<= )")) {
      caller.onNext(text(token));
    }
    FAKE.awaitRequest(ROUTE, SOON);
    caller.onNext(text("it goes. And on."));
    caller.onCompleted();
    end.get(10, TimeUnit.SECONDS);
    assertThat(said(0)).isEqualTo("Well my dear friend, this is how it goes. And on.");
    assertThat(ends(0)).containsExactly(SegmentEnd.Reason.REASON_COMPLETED);
    assertThat(heard.getFirst().getAudio().getFormat().getSampleRateHz()).isEqualTo(24_000);
  }

  @Test
  void countsASegmentForEachFlush() throws Exception {
    StreamObserver<StreamingSynthesizeRequest> caller = open();
    caller.onNext(text("One"));
    caller.onNext(flush());
    await(0);
    caller.onNext(text("Two"));
    caller.onNext(flush());
    caller.onNext(flush());
    caller.onCompleted();
    end.get(10, TimeUnit.SECONDS);
    assertThat(said(0)).isEqualTo("One");
    assertThat(said(1)).isEqualTo("Two");
    for (int segment = 0; segment < 3; segment++) {
      assertThat(ends(segment)).containsExactly(SegmentEnd.Reason.REASON_COMPLETED);
    }
    assertThat(ends(3)).isEmpty();
  }

  @Test
  void dropsWhatIsCancelledAndGoesOnWithNewText() throws Exception {
    Gate gate = new Gate();
    FAKE.enqueueFor(ROUTE, Behaviour.usual().gatedAfter(2, gate));
    StreamObserver<StreamingSynthesizeRequest> caller = open();
    caller.onNext(text("This will never be heard to its end."));
    caller.onNext(flush());
    FAKE.awaitRequest(ROUTE, SOON);
    caller.onNext(cancel());
    Waiting.untilTrue("the cancelled end", SOON, () -> !ends(1).isEmpty());
    gate.release();
    caller.onNext(text("But this is."));
    caller.onCompleted();
    end.get(10, TimeUnit.SECONDS);
    assertThat(ends(0)).containsExactly(SegmentEnd.Reason.REASON_CANCELLED);
    assertThat(ends(1)).containsExactly(SegmentEnd.Reason.REASON_CANCELLED);
    assertThat(said(2)).isEqualTo("But this is.");
    assertThat(ends(2)).containsExactly(SegmentEnd.Reason.REASON_COMPLETED);
  }
}
