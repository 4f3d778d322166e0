package dev.parley.hub.edge.grpc;

import com.google.protobuf.UnsafeByteOperations;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubException;
import dev.parley.hub.edge.http.IdleLimit;
import dev.parley.hub.media.Piece;
import dev.parley.hub.telemetry.SoundCall;
import dev.parley.proto.v1.AudioChunk;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Sends sound as it is made: a piece is asked for only while the caller's stream can take more, and
 * none is made any more when the caller leaves. Runs on the caller's event loop, wherever the
 * pieces come from.
 */
final class PieceReply implements Flow.Subscriber<Piece> {

  private final ServiceRequestContext ctx;
  private final CallFailures failures;
  private final ServerCallStreamObserver<AudioChunk> caller;
  private final SoundCall noted;
  private final IdleLimit unread;
  private @Nullable AudioFormat format;
  private Flow.@Nullable Subscription subscription;
  private boolean wanting;
  private boolean left;

  PieceReply(
      ServiceRequestContext ctx,
      CallFailures failures,
      ServerCallStreamObserver<AudioChunk> caller,
      SoundCall noted) {
    this.noted = noted;
    this.unread = new IdleLimit(ctx.eventLoop().withoutContext(), IdleLimit.DEFAULT, this::unread);
    this.ctx = ctx;
    this.failures = failures;
    this.caller = caller;
    caller.setOnReadyHandler(this::want);
    caller.setOnCancelHandler(this::leave);
  }

  /** Whether nobody waits for it any more. */
  boolean isLeft() {
    return left;
  }

  /** The first chunk tells what the bytes are. */
  void opensWith(AudioFormat first, String model) {
    noted.model(model);
    format = first;
  }

  @Override
  public void onSubscribe(Flow.Subscription next) {
    if (left) {
      next.cancel();
      return;
    }
    subscription = next;
    want();
  }

  @Override
  public void onNext(Piece piece) {
    ctx.eventLoop()
        .execute(() -> {
          wanting = false;
          if (!left) {
            noted.bytes(piece.data().length);
            caller.onNext(chunk(piece));
            want();
          }
        });
  }

  private AudioChunk chunk(Piece piece) {
    AudioChunk.Builder chunk =
        AudioChunk.newBuilder()
            .setData(UnsafeByteOperations.unsafeWrap(piece.data()))
            .setOffsetMs((int) Math.min(Integer.MAX_VALUE, piece.offsetMs()));
    AudioFormat first = format;
    if (first != null) {
      format = null;
      chunk.setFormat(AudioFormats.write(first));
    }
    return chunk.build();
  }

  @Override
  public void onError(Throwable failure) {
    ctx.eventLoop().execute(() -> failed(failure));
  }

  /** There is nothing to send, or no more. */
  void failed(Throwable failure) {
    if (!left) {
      left = true;
      unread.end();
      noted.ended(failures.reason(ctx, failure));
      caller.onError(failures.status(ctx, failure));
    }
  }

  @Override
  public void onComplete() {
    ctx.eventLoop()
        .execute(() -> {
          if (!left) {
            left = true;
            caller.onCompleted();
          }
        });
  }

  /** One piece at a time, and none while the caller is slow. */
  private void want() {
    if (subscription == null || wanting || left) {
      return;
    }
    if (caller.isReady()) {
      unread.end();
      wanting = true;
      subscription.request(1);
    } else {
      unread.begin();
    }
  }

  /** Somebody who does not read holds a place that others wait for. */
  private void unread(HubException failure) {
    if (subscription != null) {
      subscription.cancel();
    }
    failed(failure);
  }

  private void leave() {
    left = true;
    unread.end();
    noted.ended("cancelled");
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
