package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.recognition.order.RecognizedEvent;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends what was said when all of it is there. Belongs to the caller's event loop.
 *
 * @param <R> the response message
 */
final class RecognizedReply<R> implements Flow.Subscriber<RecognizedEvent> {

  private final ServiceRequestContext ctx;
  private final CallFailures failures;
  private final ServerCallStreamObserver<R> caller;
  private final Function<RecognizedEvent.Written, R> write;
  private Flow.@Nullable Subscription subscription;
  private RecognizedEvent.@Nullable Written written;
  private boolean left;

  RecognizedReply(
      ServiceRequestContext ctx,
      CallFailures failures,
      ServerCallStreamObserver<R> caller,
      Function<RecognizedEvent.Written, R> write) {
    this.ctx = ctx;
    this.failures = failures;
    this.caller = caller;
    this.write = write;
    caller.setOnCancelHandler(this::leave);
  }

  @Override
  public void onSubscribe(Flow.Subscription next) {
    if (left) {
      next.cancel();
      return;
    }
    subscription = next;
    next.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(RecognizedEvent event) {
    switch (event) {
      case RecognizedEvent.Delta _, RecognizedEvent.Stretch _ -> {}
      case RecognizedEvent.Written all -> written = all;
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (!left) {
      left = true;
      caller.onError(failures.status(ctx, failure));
    }
  }

  @Override
  public void onComplete() {
    RecognizedEvent.Written all = written;
    if (all == null) {
      onError(new IllegalStateException("a recognition without a transcript"));
    } else if (!left) {
      answer(all);
    }
  }

  private void answer(RecognizedEvent.Written all) {
    R message;
    try {
      message = write.apply(all);
    } catch (RuntimeException e) {
      onError(e);
      return;
    }
    left = true;
    caller.onNext(message);
    caller.onCompleted();
  }

  private void leave() {
    left = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
