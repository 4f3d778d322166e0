package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import dev.parley.hub.edge.grpc.document.AnswerReader;
import dev.parley.hub.edge.http.RequestIds;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of one call as deltas. It asks for the next batch only while the caller's stream
 * can take more, and cancels the call when the caller leaves. Token counts are kept back and sent
 * once, in the last message, if the caller asked for them. Runs on the caller's event loop.
 *
 * @param <R> the response message
 */
final class DocumentReply<R> implements Flow.Subscriber<DocumentEvent> {

  private final ServiceRequestContext ctx;
  private final CallFailures failures;
  private final ServerCallStreamObserver<R> caller;
  private final AnswerReader<R> reader;
  private final boolean includeUsage;
  private Flow.@Nullable Subscription subscription;
  private boolean wanting;
  private boolean left;

  /** The newest message that had token counts. */
  private @Nullable R counted;

  DocumentReply(
      ServiceRequestContext ctx,
      CallFailures failures,
      ServerCallStreamObserver<R> caller,
      AnswerReader<R> reader,
      boolean includeUsage) {
    this.ctx = ctx;
    this.failures = failures;
    this.caller = caller;
    this.reader = reader;
    this.includeUsage = includeUsage;
    caller.setOnReadyHandler(this::want);
    caller.setOnCancelHandler(this::leave);
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
  public void onNext(DocumentEvent event) {
    wanting = false;
    if (left) {
      return;
    }
    try {
      switch (event) {
        case DocumentEvent.Opened(var headers) -> AnswerHeaders.add(ctx, headers);
        case DocumentEvent.Whole(var body, _) -> send(reader.read(body), false);
        case DocumentEvent.Chunks(var chunks) -> {
          for (Chunk chunk : chunks) {
            send(reader.read(chunk.json()), chunk.kind() == Chunk.Kind.USAGE);
          }
        }
      }
      want();
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
    if (counted != null && includeUsage) {
      caller.onNext(reader.usageOnly(counted));
    }
    caller.onCompleted();
  }

  private void send(R delta, boolean onlyCounts) {
    if (reader.hasUsage(delta)) {
      counted = delta;
    }
    R rest = reader.withoutUsage(delta);
    if (!(onlyCounts && reader.saysNothing(rest))) {
      caller.onNext(rest);
    }
  }

  /** One batch at a time, and none while the caller is slow. */
  private void want() {
    if (subscription != null && !wanting && !left && caller.isReady()) {
      wanting = true;
      subscription.request(1);
    }
  }

  private void leave() {
    left = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }

  /** Which of a backend's headers travel on to the caller. */
  static final class AnswerHeaders {

    private AnswerHeaders() {}

    static void add(ServiceRequestContext ctx, Map<String, String> headers) {
      headers.forEach((name, value) -> {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean known = lower.startsWith("x-") || lower.startsWith("openai-");
        if (known && !lower.equals(RequestIds.NAME)) {
          ctx.mutateAdditionalResponseHeaders(answer -> answer.set(lower, value));
        }
      });
    }
  }
}
