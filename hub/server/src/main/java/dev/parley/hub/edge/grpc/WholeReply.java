package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentEvent;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends the answer of a call that does not stream. Runs on the caller's event loop.
 *
 * @param <R> the response message
 */
final class WholeReply<R> implements Flow.Subscriber<DocumentEvent> {

  private final ServiceRequestContext ctx;
  private final CallFailures failures;
  private final ServerCallStreamObserver<R> caller;
  private final Function<JsonValue, R> read;
  private Flow.@Nullable Subscription subscription;
  private @Nullable R answer;
  private boolean left;

  WholeReply(
      ServiceRequestContext ctx,
      CallFailures failures,
      ServerCallStreamObserver<R> caller,
      Function<JsonValue, R> read) {
    this.ctx = ctx;
    this.failures = failures;
    this.caller = caller;
    this.read = read;
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
  public void onNext(DocumentEvent event) {
    if (left) {
      return;
    }
    try {
      switch (event) {
        case DocumentEvent.Opened(var headers) -> AnswerHeaders.add(ctx, headers);
        case DocumentEvent.Whole(var body, _) -> answer = read.apply(body);
        case DocumentEvent.Chunks _ -> throw new IllegalStateException("deltas of a whole answer");
      }
    } catch (RuntimeException e) {
      leave();
      caller.onError(failures.status(ctx, e));
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
    if (left) {
      return;
    }
    left = true;
    R whole = answer;
    if (whole == null) {
      caller.onError(failures.status(ctx, new IllegalStateException("a call without an answer")));
      return;
    }
    caller.onNext(whole);
    caller.onCompleted();
  }

  private void leave() {
    left = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
