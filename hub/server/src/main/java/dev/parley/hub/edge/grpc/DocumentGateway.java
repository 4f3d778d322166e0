package dev.parley.hub.edge.grpc;

import dev.parley.core.model.DocumentCall;
import dev.parley.hub.dispatch.Dispatched;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** Carries out chat, completion and embedding calls. */
public interface DocumentGateway {

  /** The patience of a caller that named no deadline. */
  Duration UNLIMITED = Duration.ofDays(365);

  /**
   * Begins a call when its events are subscribed to. All signals come on {@code loop}; failures are
   * {@code HubException}s; cancelling the subscription cancels everything that was begun.
   *
   * @param loop the caller's event loop
   * @param callerPatience how long the caller waits, {@link #UNLIMITED} when it did not say
   */
  Dispatched open(DocumentCall call, ScheduledExecutorService loop, Duration callerPatience);
}
