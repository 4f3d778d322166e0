package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.audio.AudioFormat;
import dev.parley.hub.edge.http.IdleLimit;
import dev.parley.hub.edge.http.SpokenBy;
import dev.parley.hub.speech.SpokenEvent;
import dev.parley.proto.v1.SynthesizeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Sends speech as it is made: an event is asked for only while the caller's stream can take more,
 * and all work ends when the caller leaves. Belongs to the caller's event loop.
 */
final class SpokenReply implements Flow.Subscriber<SpokenEvent> {

  private final ServiceRequestContext ctx;
  private final CallFailures failures;
  private final ServerCallStreamObserver<SynthesizeResponse> caller;
  private final Watcher watcher;
  private final IdleLimit unread;
  private @Nullable AudioFormat format;
  private Flow.@Nullable Subscription subscription;
  private boolean wanting;
  private boolean heard;
  private boolean left;

  /** Told of what the caller's side of the call needs to know. */
  interface Watcher {

    /** Something left for the caller. */
    void sent();

    /** The call is over. */
    void over();
  }

  SpokenReply(
      ServiceRequestContext ctx,
      CallFailures failures,
      ServerCallStreamObserver<SynthesizeResponse> caller,
      Watcher watcher) {
    this.ctx = ctx;
    this.failures = failures;
    this.caller = caller;
    this.watcher = watcher;
    this.unread = new IdleLimit(ctx.eventLoop().withoutContext(), IdleLimit.DEFAULT, this::stop);
    caller.setOnReadyHandler(this::want);
    caller.setOnCancelHandler(this::leave);
  }

  boolean isLeft() {
    return left;
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
  public void onNext(SpokenEvent event) {
    wanting = false;
    if (left) {
      return;
    }
    switch (event) {
      case SpokenEvent.Begun begun -> {
        SpokenBy.note(ctx, begun);
        format = begun.format();
      }
      case SpokenEvent.Sound sound -> {
        AudioFormat first = format;
        format = null;
        heard = true;
        send(SpeechMessages.sound(sound, first));
      }
      case SpokenEvent.Marks marks -> send(SpeechMessages.marks(marks));
      case SpokenEvent.Ended ended -> send(SpeechMessages.end(ended));
    }
    want();
  }

  private void send(SynthesizeResponse response) {
    caller.onNext(response);
    watcher.sent();
  }

  @Override
  public void onError(Throwable failure) {
    failed(failure);
  }

  @Override
  public void onComplete() {
    if (finish()) {
      caller.onCompleted();
    }
  }

  /** Gives up: nothing that was asked for is wanted any more. */
  void stop(Throwable failure) {
    if (!left && subscription != null) {
      subscription.cancel();
    }
    failed(failure);
  }

  private void failed(Throwable failure) {
    if (finish()) {
      caller.onError(failures.status(ctx, heard ? CallFailures.afterOutput(failure) : failure));
    }
  }

  /** False when the call was over already. */
  private boolean finish() {
    if (left) {
      return false;
    }
    left = true;
    unread.end();
    watcher.over();
    return true;
  }

  /** One event at a time, and none while the caller is slow. */
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

  private void leave() {
    if (finish() && subscription != null) {
      subscription.cancel();
    }
  }
}
