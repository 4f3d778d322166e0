package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.http.IdleLimit;
import dev.parley.hub.recognition.live.LiveEvent;
import dev.parley.proto.v1.StreamingRecognizeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is heard in a live recognition: an event is asked for only while the caller's stream
 * can take more, and all work ends when the caller leaves. Belongs to the caller's event loop.
 */
final class LiveReply implements Flow.Subscriber<LiveEvent> {

  private final ServiceRequestContext ctx;
  private final CallFailures failures;
  private final ServerCallStreamObserver<StreamingRecognizeResponse> caller;
  private final SpokenReply.Watcher watcher;
  private final IdleLimit unread;
  private Flow.@Nullable Subscription subscription;
  private boolean wanting;
  private boolean told;
  private boolean left;

  LiveReply(
      ServiceRequestContext ctx,
      CallFailures failures,
      ServerCallStreamObserver<StreamingRecognizeResponse> caller,
      SpokenReply.Watcher watcher) {
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
  public void onNext(LiveEvent event) {
    wanting = false;
    if (left) {
      return;
    }
    StreamingRecognizeResponse message;
    try {
      message = RecognitionAnswers.message(event);
    } catch (RuntimeException e) {
      stop(e);
      return;
    }
    told |= event instanceof LiveEvent.Result result && result.isFinal();
    caller.onNext(message);
    watcher.sent();
    want();
  }

  @Override
  public void onError(Throwable failure) {
    if (finish()) {
      caller.onError(failures.status(ctx, told ? CallFailures.afterOutput(failure) : failure));
    }
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
    onError(failure);
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
