package dev.parley.hub.bench.speech;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.parley.proto.v1.AudioEncoding;
import dev.parley.proto.v1.AudioFormat;
import dev.parley.proto.v1.ListModelsRequest;
import dev.parley.proto.v1.ListModelsResponse;
import dev.parley.proto.v1.ModelServiceGrpc;
import dev.parley.proto.v1.SpeechServiceGrpc;
import dev.parley.proto.v1.SynthesisConfig;
import dev.parley.proto.v1.SynthesizeRequest;
import dev.parley.proto.v1.SynthesizeResponse;
import dev.parley.proto.v1.VoiceSelection;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.netty.channel.EventLoopGroup;
import org.jspecify.annotations.Nullable;

/** Has texts spoken with generated stubs, over a connection of its own. */
final class GrpcCaller implements Caller {

  private final ClientFactory factory;
  private final SpeechServiceGrpc.SpeechServiceStub stub;
  private volatile @Nullable Listener running;

  GrpcCaller(EventLoopGroup loop, int port) {
    this.factory = ClientFactory.builder().workerGroup(loop, false).build();
    this.stub =
        GrpcClients.builder("gproto+h2c://127.0.0.1:" + port + "/")
            .factory(factory)
            .responseTimeoutMillis(0)
            .maxResponseLength(0)
            .build(SpeechServiceGrpc.SpeechServiceStub.class);
    connect(port);
  }

  /** Makes a call that costs nothing, so that the connection is there before any time counts. */
  private void connect(int port) {
    ListModelsResponse _ =
        GrpcClients.builder("gproto+h2c://127.0.0.1:" + port + "/")
            .factory(factory)
            .build(ModelServiceGrpc.ModelServiceBlockingStub.class)
            .listModels(ListModelsRequest.getDefaultInstance());
  }

  SpeechServiceGrpc.SpeechServiceStub stub() {
    return stub;
  }

  /** The settings of every synthesis here. */
  static SynthesisConfig config(String model) {
    return SynthesisConfig.newBuilder()
        .setModel(model)
        .setVoice(VoiceSelection.newBuilder().setVoiceId("alloy"))
        .setFormat(AudioFormat.newBuilder().setEncoding(AudioEncoding.AUDIO_ENCODING_PCM_S16LE))
        .build();
  }

  @Override
  public Call speak(String model, String text) {
    Listener listener = new Listener();
    running = listener;
    stub.synthesize(
        SynthesizeRequest.newBuilder().setConfig(config(model)).setText(text).build(), listener);
    return listener.call;
  }

  @Override
  public long leave() {
    long now = System.nanoTime();
    Listener listener = running;
    if (listener != null) {
      listener.cancel();
    }
    return now;
  }

  @Override
  public void close() {
    factory.close();
  }

  private static final class Listener
      implements ClientResponseObserver<SynthesizeRequest, SynthesizeResponse> {

    private final Call call = new Call();
    private final Ear ear = new Ear(System.nanoTime());
    private volatile @Nullable ClientCallStreamObserver<SynthesizeRequest> stream;

    @Override
    public void beforeStart(ClientCallStreamObserver<SynthesizeRequest> request) {
      stream = request;
    }

    void cancel() {
      ClientCallStreamObserver<SynthesizeRequest> request = stream;
      if (request != null) {
        request.cancel("left", null);
      }
    }

    @Override
    public void onNext(SynthesizeResponse event) {
      int bytes = event.hasAudio() ? event.getAudio().getData().size() : 0;
      if (bytes > 0 && ear.samples(System.nanoTime(), bytes)) {
        call.first().complete(null);
      }
    }

    @Override
    public void onError(Throwable failure) {
      call.over(ear.ended(System.nanoTime(), false));
    }

    @Override
    public void onCompleted() {
      call.over(ear.ended(System.nanoTime(), true));
    }
  }
}
