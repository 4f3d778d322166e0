package dev.parley.hub.edge.grpc;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.edge.http.IdleLimit;
import dev.parley.hub.media.Incoming;
import dev.parley.hub.media.MediaDesk;
import dev.parley.hub.telemetry.SoundCall;
import dev.parley.proto.v1.Media;
import dev.parley.proto.v1.UploadRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * One upload: the next message is asked for when the one before lies in the file, so memory does
 * not grow with what is sent. Belongs to the caller's event loop; the disk is waited for elsewhere.
 */
final class UploadCall implements StreamObserver<UploadRequest> {

  /** What one message may carry. */
  static final int DATA_BYTES_MAX = 1 << 20;

  private final ServiceRequestContext ctx;
  private final CallFailures failures;
  private final MediaDesk media;
  private final SoundCall noted;
  private final IdleLimit idle;
  private final ServerCallStreamObserver<Media> caller;
  private @Nullable Incoming incoming;
  private AudioFormat declared = AudioFormat.UNSTATED;
  private boolean begun;
  private boolean busy;
  private boolean ended;
  private boolean over;

  UploadCall(
      ServiceRequestContext ctx,
      CallFailures failures,
      MediaDesk media,
      SoundCall noted,
      ServerCallStreamObserver<Media> caller) {
    this.ctx = ctx;
    this.failures = failures;
    this.media = media;
    this.noted = noted;
    this.idle = new IdleLimit(ctx.eventLoop().withoutContext(), IdleLimit.DEFAULT, this::fail);
    this.caller = caller;
    caller.disableAutoRequest();
    caller.setOnCancelHandler(this::drop);
    want();
  }

  @Override
  public void onNext(UploadRequest message) {
    idle.end();
    if (over) {
      return;
    }
    switch (message.getRequestCase()) {
      case FORMAT -> {
        if (begun) {
          fail(wrong("format after data, or twice", "the format once and first, then data"));
          return;
        }
        begun = true;
        declared = AudioFormats.read(message.getFormat());
        want();
      }
      case DATA -> {
        begun = true;
        write(message.getData());
      }
      case REQUEST_NOT_SET ->
          fail(wrong("neither format nor data", "the format at most once and first, then data"));
    }
  }

  private void write(ByteString data) {
    if (data.size() > DATA_BYTES_MAX) {
      fail(
          new HubException(
              new HubError.TooLarge("the data of one message", "data", DATA_BYTES_MAX)));
      return;
    }
    busy = true;
    Incoming upload;
    try {
      upload = opened();
    } catch (RuntimeException e) {
      fail(e);
      return;
    }
    var _ =
        upload
            .write(data.asReadOnlyByteBuffer())
            .whenCompleteAsync((_, failure) -> written(failure), ctx.eventLoop().withoutContext());
  }

  private Incoming opened() {
    Incoming upload = incoming;
    if (upload == null) {
      upload = media.receive();
      incoming = upload;
    }
    return upload;
  }

  private void written(@Nullable Throwable failure) {
    busy = false;
    if (over) {
      return;
    }
    if (failure != null) {
      fail(failure);
    } else if (ended) {
      finish();
    } else {
      want();
    }
  }

  @Override
  public void onCompleted() {
    idle.end();
    ended = true;
    if (!busy && !over) {
      finish();
    }
  }

  private void finish() {
    Incoming upload;
    try {
      upload = opened();
    } catch (RuntimeException e) {
      fail(e);
      return;
    }
    var _ =
        upload
            .keep(declared)
            .whenCompleteAsync(
                (stored, failure) -> {
                  if (over) {
                    return;
                  }
                  if (failure != null) {
                    fail(failure);
                    return;
                  }
                  over = true;
                  caller.onNext(AudioMessages.media(stored));
                  caller.onCompleted();
                },
                ctx.eventLoop().withoutContext());
  }

  @Override
  public void onError(Throwable left) {
    drop();
  }

  private void fail(Throwable failure) {
    boolean tell = !over;
    if (tell) {
      noted.ended(failures.reason(ctx, failure));
    }
    drop();
    if (tell) {
      caller.onError(failures.status(ctx, failure));
    }
  }

  private void drop() {
    over = true;
    idle.end();
    noted.ended("cancelled");
    if (incoming != null) {
      incoming.drop();
    }
  }

  /** The next message must come before the upload counts as forgotten. */
  private void want() {
    idle.begin();
    caller.request(1);
  }

  private static HubException wrong(String found, String expected) {
    return new HubException(new HubError.InvalidRequest("request", found, expected));
  }
}
