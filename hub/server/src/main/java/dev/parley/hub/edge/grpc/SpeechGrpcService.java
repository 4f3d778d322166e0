package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.http.CallerHeaders;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.media.MediaDesk;
import dev.parley.hub.speech.SpeechOrder;
import dev.parley.hub.speech.Spoken;
import dev.parley.hub.speech.Synthesis;
import dev.parley.proto.v1.SpeechServiceGrpc;
import dev.parley.proto.v1.StreamingSynthesizeRequest;
import dev.parley.proto.v1.SynthesisConfig;
import dev.parley.proto.v1.SynthesizeRequest;
import dev.parley.proto.v1.SynthesizeResponse;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Speech out. Runs on event loops and never waits. */
final class SpeechGrpcService extends SpeechServiceGrpc.SpeechServiceImplBase {

  private static final SpokenReply.Watcher NOBODY =
      new SpokenReply.Watcher() {
        @Override
        public void sent() {}

        @Override
        public void over() {}
      };

  private final Synthesis synthesis;
  private final MediaDesk media;
  private final CallFailures failures;
  private final Function<ServiceRequestContext, Map<String, String>> travellingHeaders;

  private SpeechGrpcService(GrpcEdge.Parts parts, CallFailures failures) {
    this.synthesis = parts.synthesis();
    this.media = parts.media().desk();
    this.failures = failures;
    this.travellingHeaders = parts.travellingHeaders();
  }

  /** The service with those of its calls that are served; the others say that they are not. */
  static ServerServiceDefinition definition(GrpcEdge.Parts parts, CallFailures failures) {
    return NotConfiguredService.besides(
        new SpeechGrpcService(parts, failures).bindService(),
        Set.of("Synthesize", "StreamingSynthesize"),
        failures);
  }

  @Override
  public void synthesize(SynthesizeRequest request, StreamObserver<SynthesizeResponse> caller) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    SpokenReply reply = new SpokenReply(ctx, failures, observer(caller), NOBODY);
    Spoken spoken;
    try {
      spoken =
          synthesis.speak(
              order(ctx, request.getConfig()),
              SpeechMessages.text(request),
              ctx.eventLoop().withoutContext(),
              ChatGrpcService.patience(ctx));
    } catch (RuntimeException e) {
      reply.stop(e);
      return;
    }
    ServedBy.note(ctx, spoken.record());
    spoken.events().subscribe(reply);
  }

  @Override
  public StreamObserver<StreamingSynthesizeRequest> streamingSynthesize(
      StreamObserver<SynthesizeResponse> caller) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    Duration patience = ChatGrpcService.patience(ctx);
    return new LiveTextCall(
        ctx,
        failures,
        config ->
            synthesis.speakLive(order(ctx, config), ctx.eventLoop().withoutContext(), patience),
        observer(caller));
  }

  private SpeechOrder order(ServiceRequestContext ctx, SynthesisConfig config) {
    return SpeechMessages.order(
        config,
        media,
        new CallerFacts(
            failures.requestId(ctx),
            travellingHeaders.apply(ctx),
            CallerHeaders.of(ctx.request().headers())));
  }

  private static ServerCallStreamObserver<SynthesizeResponse> observer(
      StreamObserver<SynthesizeResponse> caller) {
    return (ServerCallStreamObserver<SynthesizeResponse>) caller;
  }
}
