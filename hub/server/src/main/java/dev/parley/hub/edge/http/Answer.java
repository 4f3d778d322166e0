package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.OpenAiErrors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The answer of one HTTP call while it comes about: watches for the caller's departure from the
 * first moment, cancels what runs, and gives back what the call holds. Belongs to the request's
 * event loop.
 */
public final class Answer {

  private final ServiceRequestContext ctx;
  private final CompletableFuture<HttpResponse> response = new CompletableFuture<>();
  private final Departure departure;
  private Flow.@Nullable Subscription running;
  private @Nullable Runnable release;
  private boolean over;

  public Answer(ServiceRequestContext ctx) {
    this.ctx = ctx;
    this.departure = Departure.watch(ctx, this::callerLeft);
  }

  /** What the server sends. */
  public HttpResponse response() {
    return HttpResponse.of(response);
  }

  public ServiceRequestContext ctx() {
    return ctx;
  }

  /** Whether nobody waits for this answer any more. */
  public boolean isOver() {
    return over;
  }

  /** A body that the call keeps until it ends. */
  public void holds(RequestBody collected) {
    holds(collected::release);
  }

  /**
   * Something that the call keeps until it ends.
   *
   * @param released gives it back; run once or more
   */
  public void holds(Runnable released) {
    release = released;
    if (over) {
      released.run();
    }
  }

  /** What runs for the call; cancelled when the caller leaves. */
  public void started(Flow.Subscription subscription) {
    running = subscription;
    if (over) {
      subscription.cancel();
    }
  }

  /** Answers, or begins to. */
  public void ready(HttpResponse whole) {
    response.complete(whole);
  }

  /** The call failed before its first byte. */
  public void failed(Throwable failure) {
    over();
    ServedBy.tell(ctx, ctx::setAdditionalResponseHeader);
    response.complete(OpenAiErrors.response(ErrorMapper.view(failure, RequestIds.of(ctx))));
  }

  /** The call has ended: everything it held is given back. */
  public void over() {
    over = true;
    departure.stop();
    if (release != null) {
      release.run();
    }
  }

  private void callerLeft() {
    if (over) {
      return;
    }
    over();
    if (running != null) {
      running.cancel();
    }
    ctx.cancel();
  }
}
