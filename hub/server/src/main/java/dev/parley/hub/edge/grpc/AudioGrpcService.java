package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.KernelName;
import dev.parley.hub.edge.http.Visitors;
import dev.parley.hub.media.LiveSpeech;
import dev.parley.hub.media.LocalSound;
import dev.parley.hub.media.Made;
import dev.parley.hub.media.Media;
import dev.parley.hub.media.MediaDesk;
import dev.parley.hub.media.Speech;
import dev.parley.hub.telemetry.SoundCall;
import dev.parley.hub.telemetry.SoundLog;
import dev.parley.proto.v1.AudioChunk;
import dev.parley.proto.v1.AudioServiceGrpc;
import dev.parley.proto.v1.ConvertRequest;
import dev.parley.proto.v1.DenoiseRequest;
import dev.parley.proto.v1.DetectSpeechRequest;
import dev.parley.proto.v1.DetectSpeechResponse;
import dev.parley.proto.v1.DownloadRequest;
import dev.parley.proto.v1.SpeechEvent;
import dev.parley.proto.v1.StreamingDetectSpeechRequest;
import dev.parley.proto.v1.UploadRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Work on the signal, and uploads. Runs on event loops and never waits. */
final class AudioGrpcService extends AudioServiceGrpc.AudioServiceImplBase {

  private final LocalSound local;
  private final LiveSpeech live;
  private final MediaDesk media;
  private final SoundLog log;
  private final CallFailures failures;

  AudioGrpcService(Media media, SoundLog log, CallFailures failures) {
    this.log = log;
    this.local = media.sounds();
    this.live = media.live();
    this.media = media.desk();
    this.failures = failures;
  }

  @Override
  public void convert(ConvertRequest request, StreamObserver<AudioChunk> caller) {
    sound(caller, "convert", () -> local.convert(AudioMessages.order(request, media)));
  }

  @Override
  public void denoise(DenoiseRequest request, StreamObserver<AudioChunk> caller) {
    sound(caller, "denoise", () -> local.denoise(AudioMessages.order(request, media)));
  }

  @Override
  public void download(DownloadRequest request, StreamObserver<AudioChunk> caller) {
    sound(caller, "download", () -> media.download(request.getMedia()));
  }

  private void sound(
      StreamObserver<AudioChunk> caller, String call, Supplier<CompletableFuture<Made>> make) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    PieceReply reply =
        new PieceReply(
            ctx,
            failures,
            (ServerCallStreamObserver<AudioChunk>) caller,
            log.begin(failures.requestId(ctx), call, Visitors.caller(ctx))
                .of(AccessLog.visit(ctx)));
    CompletableFuture<Made> making;
    try {
      making = make.get();
    } catch (RuntimeException e) {
      reply.failed(e);
      return;
    }
    var _ =
        making.whenCompleteAsync(
            (made, failure) -> {
              if (failure != null) {
                reply.failed(failure);
              } else if (reply.isLeft()) {
                made.pieces().discard();
              } else {
                KernelName.tell(ctx, made.model());
                reply.opensWith(made.format(), made.model());
                made.pieces().subscribe(reply);
              }
            },
            ctx.eventLoop().withoutContext());
  }

  @Override
  public void detectSpeech(
      DetectSpeechRequest request, StreamObserver<DetectSpeechResponse> caller) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    SoundCall noted =
        log.begin(failures.requestId(ctx), "detect", Visitors.caller(ctx)).of(AccessLog.visit(ctx));
    CompletableFuture<Speech> looking;
    try {
      looking = local.detect(AudioMessages.order(request, media));
    } catch (RuntimeException e) {
      noted.ended(failures.reason(ctx, e));
      caller.onError(failures.status(ctx, e));
      return;
    }
    ((ServerCallStreamObserver<DetectSpeechResponse>) caller)
        .setOnCancelHandler(() -> looking.cancel(false));
    var _ =
        looking.whenCompleteAsync(
            (speech, failure) -> {
              if (failure != null) {
                caller.onError(failures.status(ctx, failure));
              } else {
                KernelName.tell(ctx, speech.model());
                caller.onNext(AudioMessages.answer(speech));
                caller.onCompleted();
              }
            },
            ctx.eventLoop().withoutContext());
  }

  @Override
  public StreamObserver<StreamingDetectSpeechRequest> streamingDetectSpeech(
      StreamObserver<SpeechEvent> caller) {
    return new LiveCall(
        ServiceRequestContext.current(),
        failures,
        live,
        log.begin(
                failures.requestId(ServiceRequestContext.current()),
                "live",
                Visitors.caller(ServiceRequestContext.current()))
            .of(AccessLog.visit(ServiceRequestContext.current())),
        (ServerCallStreamObserver<SpeechEvent>) caller);
  }

  @Override
  public StreamObserver<UploadRequest> upload(StreamObserver<dev.parley.proto.v1.Media> caller) {
    return new UploadCall(
        ServiceRequestContext.current(),
        failures,
        media,
        log.begin(
                failures.requestId(ServiceRequestContext.current()),
                "upload",
                Visitors.caller(ServiceRequestContext.current()))
            .of(AccessLog.visit(ServiceRequestContext.current())),
        (ServerCallStreamObserver<dev.parley.proto.v1.Media>) caller);
  }
}
