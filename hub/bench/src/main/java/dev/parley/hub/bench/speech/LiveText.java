package dev.parley.hub.bench.speech;

import com.google.protobuf.Empty;
import dev.parley.hub.bench.fake.FakeSpeech;
import dev.parley.hub.bench.sheet.Figures;
import dev.parley.hub.bench.sheet.Findings;
import dev.parley.hub.bench.sheet.Goal;
import dev.parley.proto.v1.StreamingSynthesizeRequest;
import dev.parley.proto.v1.SynthesizeResponse;
import io.grpc.stub.StreamObserver;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Text that comes word by word, as a language model writes it: what the hub takes between the word
 * behind the first clause and the request to the server that speaks it.
 */
final class LiveText {

  private static final double OWN_MILLIS_MAX = 5;
  private static final long TOKEN_NANOS = 1_000_000_000 / 30;
  private static final String SECTION = "text written at 30 tokens a second, the hub's own part";

  /** The word after the comma shows that no digit follows it. */
  private static final List<String> TOKENS =
      List.of("After", " a", " short", " while", ",", " we", " will", " know", " more", ".");

  private static final int COMMA = TOKENS.indexOf(",");
  private static final int CALLS = 5;
  private static final int CALLS_QUICK = 1;

  private final Stage stage;
  private final int calls;

  LiveText(Stage stage, SpeechOptions options) {
    this.stage = stage;
    this.calls = options.quick() ? CALLS_QUICK : CALLS;
  }

  void round(Findings found) {
    double[] tokens = new double[calls];
    double[] behind = new double[calls];
    double[] flushed = new double[calls];
    try (GrpcCaller caller = stage.grpcCaller()) {
      for (int i = 0; i < calls; i++) {
        Written written = new Written(caller);
        written.write(0);
        long first = Stage.await(written.first);
        tokens[i] = own(first - written.commaNanos);
        behind[i] = own(first - written.behindNanos);
        written.over();
        Written whole = new Written(caller);
        long sent = whole.flush();
        flushed[i] = own(Stage.await(whole.first) - sent);
        whole.over();
      }
    }
    tell(found, "from the word behind the clause", true, behind);
    tell(found, "from the comma itself", false, tokens);
    tell(found, "from a flush", true, flushed);
  }

  private static double own(long nanos) {
    return nanos / 1e6 - FakeSpeech.FIRST_MILLIS;
  }

  private static void tell(Findings found, String metric, boolean bound, double[] millis) {
    Arrays.sort(millis);
    double median = Figures.percentile(millis, 0.5);
    double most = millis[millis.length - 1];
    found.add(goal(metric + ", p50", bound), median);
    found.add(goal(metric + ", max", false), most);
  }

  private static Goal goal(String metric, boolean bound) {
    return bound
        ? Goal.atMost(SECTION, metric, "ms", OWN_MILLIS_MAX, Double.NaN)
        : Goal.told(SECTION, metric, "ms");
  }

  /** One text being written. */
  private final class Written implements StreamObserver<SynthesizeResponse> {

    private final CompletableFuture<Long> first = new CompletableFuture<>();
    private final CompletableFuture<Long> end = new CompletableFuture<>();
    private final StreamObserver<StreamingSynthesizeRequest> text;
    private final long startNanos = System.nanoTime();
    private volatile long commaNanos;
    private volatile long behindNanos;

    Written(GrpcCaller caller) {
      this.text = caller.stub().streamingSynthesize(this);
      text.onNext(
          StreamingSynthesizeRequest.newBuilder()
              .setConfig(GrpcCaller.config(SpeechConfig.PACED))
              .build());
    }

    void write(int index) {
      if (index == TOKENS.size()) {
        text.onCompleted();
        return;
      }
      long now = System.nanoTime();
      if (index == COMMA) {
        commaNanos = now;
      } else if (index == COMMA + 1) {
        behindNanos = now;
      }
      send(TOKENS.get(index));
      long next = startNanos + (index + 1) * TOKEN_NANOS - System.nanoTime();
      stage.later(Math.max(0, next), () -> write(index + 1));
    }

    private void send(String token) {
      text.onNext(StreamingSynthesizeRequest.newBuilder().setText(token).build());
    }

    /** Sends all of the text and has it spoken at once; when that was. */
    long flush() {
      send(String.join("", TOKENS));
      long now = System.nanoTime();
      text.onNext(
          StreamingSynthesizeRequest.newBuilder().setFlush(Empty.getDefaultInstance()).build());
      text.onCompleted();
      return now;
    }

    void over() {
      long _ = Stage.await(end);
    }

    @Override
    public void onNext(SynthesizeResponse event) {
      if (event.hasAudio() && !event.getAudio().getData().isEmpty()) {
        first.complete(System.nanoTime());
      }
    }

    @Override
    public void onError(Throwable failure) {
      first.completeExceptionally(failure);
      end.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      first.completeExceptionally(new IllegalStateException("a synthesis without sound"));
      end.complete(System.nanoTime());
    }
  }
}
