package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.http.CallerHeaders;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.edge.speakers.SpeakerMessages;
import dev.parley.hub.edge.transcript.TranscriptMessages;
import dev.parley.hub.media.MediaDesk;
import dev.parley.hub.recognition.Recognition;
import dev.parley.hub.recognition.Recognized;
import dev.parley.hub.recognition.order.RecognitionOrder;
import dev.parley.hub.recognition.order.RecognizedEvent;
import dev.parley.hub.speakers.Speakers;
import dev.parley.hub.speech.SpeechOrder;
import dev.parley.hub.speech.Spoken;
import dev.parley.hub.speech.Synthesis;
import dev.parley.proto.v1.DetectLanguageRequest;
import dev.parley.proto.v1.DetectLanguageResponse;
import dev.parley.proto.v1.DiarizeRequest;
import dev.parley.proto.v1.DiarizeResponse;
import dev.parley.proto.v1.RecognizeRequest;
import dev.parley.proto.v1.RecognizeResponse;
import dev.parley.proto.v1.SpeechServiceGrpc;
import dev.parley.proto.v1.StreamingRecognizeRequest;
import dev.parley.proto.v1.StreamingRecognizeResponse;
import dev.parley.proto.v1.StreamingSynthesizeRequest;
import dev.parley.proto.v1.SynthesisConfig;
import dev.parley.proto.v1.SynthesizeRequest;
import dev.parley.proto.v1.SynthesizeResponse;
import dev.parley.proto.v1.VerifySpeakerRequest;
import dev.parley.proto.v1.VerifySpeakerResponse;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Speech in and out. Runs on event loops and never waits. */
final class SpeechGrpcService extends SpeechServiceGrpc.SpeechServiceImplBase {

  private final Synthesis synthesis;
  private final Recognition recognition;
  private final Speakers speakers;
  private final MediaDesk media;
  private final CallFailures failures;
  private final Function<ServiceRequestContext, Map<String, String>> travellingHeaders;

  private SpeechGrpcService(GrpcEdge.Parts parts, CallFailures failures) {
    this.synthesis = parts.synthesis();
    this.recognition = parts.recognition();
    this.speakers = parts.speakers();
    this.media = parts.media().desk();
    this.failures = failures;
    this.travellingHeaders = parts.travellingHeaders();
  }

  /** The service with those of its calls that are served; the others say that they are not. */
  static ServerServiceDefinition definition(GrpcEdge.Parts parts, CallFailures failures) {
    return NotConfiguredService.besides(
        new SpeechGrpcService(parts, failures).bindService(),
        Set.of(
            "Synthesize",
            "StreamingSynthesize",
            "Recognize",
            "StreamingRecognize",
            "DetectLanguage",
            "Diarize",
            "VerifySpeaker"),
        failures);
  }

  @Override
  public void synthesize(SynthesizeRequest request, StreamObserver<SynthesizeResponse> caller) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    var reply =
        new EventReply<>(
            ctx, failures, observer(caller), new SpokenAnswers(ctx), EventReply.Watcher.NONE);
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

  @Override
  public void recognize(RecognizeRequest request, StreamObserver<RecognizeResponse> caller) {
    recognize(
        caller,
        facts -> RecognitionMessages.order(request, media, facts),
        TranscriptMessages::response);
  }

  @Override
  public void detectLanguage(
      DetectLanguageRequest request, StreamObserver<DetectLanguageResponse> caller) {
    recognize(
        caller,
        facts -> RecognitionMessages.order(request, media, facts),
        written -> TranscriptMessages.languages(written.transcript()));
  }

  private <R> void recognize(
      StreamObserver<R> caller,
      Function<CallerFacts, RecognitionOrder> order,
      Function<RecognizedEvent.Written, R> write) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    RecognizedReply<R> reply = new RecognizedReply<>(ctx, failures, observer(caller), write);
    Recognized recognized;
    try {
      recognized =
          recognition.recognize(
              order.apply(facts(ctx)),
              ctx.eventLoop().withoutContext(),
              ChatGrpcService.patience(ctx));
    } catch (RuntimeException e) {
      reply.onError(e);
      return;
    }
    ServedBy.note(ctx, recognized.record());
    recognized.events().subscribe(reply);
  }

  @Override
  public StreamObserver<StreamingRecognizeRequest> streamingRecognize(
      StreamObserver<StreamingRecognizeResponse> caller) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    return new LiveRecognitionCall(
        ctx,
        failures,
        config ->
            recognition.listen(
                RecognitionMessages.live(config, media, facts(ctx)),
                ctx.eventLoop().withoutContext()),
        observer(caller));
  }

  @Override
  public void diarize(DiarizeRequest request, StreamObserver<DiarizeResponse> caller) {
    askAboutSpeakers(
        caller,
        (loop, patience) ->
            speakers.diarize(
                SpeakerOrders.order(request, media, facts(ServiceRequestContext.current())),
                loop,
                patience),
        SpeakerMessages::response);
  }

  @Override
  public void verifySpeaker(
      VerifySpeakerRequest request, StreamObserver<VerifySpeakerResponse> caller) {
    askAboutSpeakers(
        caller,
        (loop, patience) ->
            speakers.verify(
                SpeakerOrders.order(request, media, facts(ServiceRequestContext.current())),
                loop,
                patience),
        SpeakerMessages::response);
  }

  private <T, R> void askAboutSpeakers(
      StreamObserver<R> caller,
      BiFunction<ScheduledExecutorService, Duration, Speakers.Asked<T>> question,
      Function<T, R> write) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    ServerCallStreamObserver<R> observer = observer(caller);
    Speakers.Asked<T> asked;
    try {
      asked = question.apply(ctx.eventLoop().withoutContext(), ChatGrpcService.patience(ctx));
    } catch (RuntimeException e) {
      observer.onError(failures.status(ctx, e));
      return;
    }
    ServedBy.note(ctx, asked.record());
    observer.setOnCancelHandler(() -> asked.answer().cancel(false));
    var _ =
        asked
            .answer()
            .whenComplete((answer, failure) -> {
              if (observer.isCancelled()) {
                return;
              }
              if (failure != null) {
                observer.onError(failures.status(ctx, failure));
              } else {
                observer.onNext(write.apply(answer));
                observer.onCompleted();
              }
            });
  }

  private SpeechOrder order(ServiceRequestContext ctx, SynthesisConfig config) {
    return SpeechMessages.order(config, media, facts(ctx));
  }

  private CallerFacts facts(ServiceRequestContext ctx) {
    return new CallerFacts(
        failures.requestId(ctx), travellingHeaders.apply(ctx), CallerHeaders.of(ctx));
  }

  private static <R> ServerCallStreamObserver<R> observer(StreamObserver<R> caller) {
    return (ServerCallStreamObserver<R>) caller;
  }
}
