package dev.parley.hub.edge.http;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long a call waits for its caller, who must send or read on: what the call holds is scarce.
 * Belongs to the call's event loop.
 */
public final class IdleLimit {

  /** What a stream may be idle unless configured otherwise. */
  public static final Duration DEFAULT = Duration.ofSeconds(60);

  private final ScheduledExecutorService loop;
  private final Duration limit;
  private final Consumer<HubException> over;
  private @Nullable ScheduledFuture<?> waiting;

  /**
   * @param over told once when the caller was waited for too long
   */
  public IdleLimit(ScheduledExecutorService loop, Duration limit, Consumer<HubException> over) {
    this.loop = loop;
    this.limit = limit;
    this.over = over;
  }

  /** From now on it is the caller's turn. */
  public void begin() {
    end();
    waiting =
        loop.schedule(
            () -> over.accept(new HubException(new HubError.DeadlineExceeded(Stage.IDLE, limit))),
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** The caller did something, or the call is over; harmless when repeated. */
  public void end() {
    ScheduledFuture<?> running = waiting;
    if (running != null) {
      running.cancel(false);
      waiting = null;
    }
  }
}
