package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubException;
import dev.parley.hub.edge.http.IdleLimit;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends an answer as it is made: an event is asked for only while the caller's stream can take
 * more, and all work ends when the caller leaves. Belongs to the caller's event loop.
 *
 * @param <E> what happens
 * @param <M> the message that tells of it
 */
final class EventReply<E, M> implements Flow.Subscriber<E> {

  private final ServiceRequestContext ctx;
  private final CallFailures failures;
  private final ServerCallStreamObserver<M> caller;
  private final Answers<E, M> answers;
  private final Watcher watcher;
  private final IdleLimit unread;
  private Flow.@Nullable Subscription subscription;
  private boolean wanting;
  private boolean told;
  private boolean left;

  /** How events are told. */
  interface Answers<E, M> {

    /** Tells of it, unless the caller need not know. Fails where it cannot. */
    void tell(E event, Consumer<M> caller);

    /** Tells what is left when no more happens. */
    default void end(Consumer<M> caller) {}

    /** Whether a repeat of the call would say this twice. */
    boolean isOutput(E event);
  }

  /** Told of what the caller's side of the call needs to know. */
  interface Watcher {

    /** Nobody. */
    Watcher NONE =
        new Watcher() {
          @Override
          public void sent() {}

          @Override
          public void over() {}
        };

    /** Something left for the caller. */
    void sent();

    /** The call is over. */
    void over();
  }

  EventReply(
      ServiceRequestContext ctx,
      CallFailures failures,
      ServerCallStreamObserver<M> caller,
      Answers<E, M> answers,
      Watcher watcher) {
    this.ctx = ctx;
    this.failures = failures;
    this.caller = caller;
    this.answers = answers;
    this.watcher = watcher;
    this.unread = new IdleLimit(ctx.eventLoop().withoutContext(), IdleLimit.DEFAULT, this::giveUp);
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
  public void onNext(E event) {
    wanting = false;
    if (left) {
      return;
    }
    told |= answers.isOutput(event);
    try {
      answers.tell(event, this::send);
    } catch (RuntimeException e) {
      stop(e);
      return;
    }
    want();
  }

  private void send(M message) {
    caller.onNext(message);
    watcher.sent();
  }

  @Override
  public void onError(Throwable failure) {
    if (finish()) {
      endWithin(IdleLimit.DEFAULT);
      caller.onError(failures.status(ctx, told ? CallFailures.afterOutput(failure) : failure));
    }
  }

  @Override
  public void onComplete() {
    if (finish()) {
      endWithin(IdleLimit.DEFAULT);
      answers.end(caller::onNext);
      caller.onCompleted();
    }
  }

  /** Gives up: nothing that was asked for is wanted any more. Why is told before it is cut off. */
  void stop(Throwable failure) {
    if (left) {
      return;
    }
    onError(failure);
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private void giveUp(HubException unheard) {
    stop(unheard);
    endWithin(Duration.ZERO);
  }

  /** The status stands behind what the caller has not read, and the stream would stay for it. */
  private void endWithin(Duration limit) {
    if (!caller.isReady()) {
      ScheduledFuture<?> end =
          ctx.eventLoop()
              .withoutContext()
              .schedule(
                  () -> ctx.cancel(AbortedStreamException.get()),
                  limit.toMillis(),
                  TimeUnit.MILLISECONDS);
      var _ = ctx.log().whenComplete().thenRun(() -> end.cancel(false));
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
