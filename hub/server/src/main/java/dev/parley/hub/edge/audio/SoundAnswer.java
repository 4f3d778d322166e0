package dev.parley.hub.edge.audio;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.error.OpenAiErrors;
import dev.parley.hub.edge.http.Departure;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.telemetry.SoundCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * The answer of one call on sound while it comes about: watches for the caller's departure from the
 * first moment, and gives back what the call holds when it ends in whatever way. Belongs to the
 * request's event loop.
 */
public final class SoundAnswer {

  private final ServiceRequestContext ctx;
  private final SoundCall noted;
  private final CompletableFuture<HttpResponse> response = new CompletableFuture<>();
  private final Deque<Runnable> endings = new ArrayDeque<>();
  private final Departure departure;
  private boolean over;

  public SoundAnswer(ServiceRequestContext ctx, SoundCall noted) {
    this.ctx = ctx;
    this.noted = noted;
    this.departure = Departure.watch(ctx, this::callerLeft);
  }

  /** The answer, to be given to the server at once. */
  public HttpResponse response() {
    return HttpResponse.of(response);
  }

  /** The request's. */
  public ServiceRequestContext ctx() {
    return ctx;
  }

  /** What is noted of the call. */
  SoundCall noted() {
    return noted;
  }

  /** Whether the call has ended. */
  public boolean isOver() {
    return over;
  }

  /** Runs when the call ends, at once if it has; the last one first. */
  public void atTheEnd(Runnable ending) {
    if (over) {
      ending.run();
    } else {
      endings.push(ending);
    }
  }

  /** Answers whole. */
  public void whole(HttpResponse answer) {
    response.complete(answer);
    end();
  }

  /** Begins to answer; {@link #end} follows with the last byte. */
  void begins(HttpResponse answer) {
    response.complete(answer);
  }

  /** The call failed before its first byte. */
  public void failed(Throwable failure) {
    if (!over) {
      ErrorView view = ErrorMapper.view(failure, RequestIds.of(ctx));
      noted.ended(view.reason());
      response.complete(OpenAiErrors.response(view));
      end();
    }
  }

  /** The call has ended. */
  void end() {
    if (!over) {
      over = true;
      noted.ended("ok");
      departure.stop();
      endings.forEach(Runnable::run);
      endings.clear();
    }
  }

  /** The call failed after its first byte. */
  void brokeOff(Throwable failure) {
    noted.ended(ErrorMapper.view(failure, RequestIds.of(ctx)).reason());
    end();
  }

  /** The caller went away. */
  void left() {
    noted.ended("cancelled");
    end();
  }

  private void callerLeft() {
    left();
    ctx.cancel();
  }
}
