package dev.parley.hub.app;

import dev.parley.core.error.HubError;
import dev.parley.core.time.Clock;
import dev.parley.hub.dispatch.RunningCalls;
import dev.parley.hub.edge.grpc.HealthStatuses;
import dev.parley.hub.edge.http.OpenConnections;
import dev.parley.hub.edge.http.OpenRequests;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way from a hub that serves to one without connections: callers are sent elsewhere at once,
 * running calls may end, and what is late is told so. Every wait is bounded.
 */
final class Drain {

  /** What callers are told who come, or still wait, while the hub stops. */
  static final HubError STOPPING =
      new HubError.Overloaded("this hub is stopping", Duration.ofSeconds(1));

  /** Between GOAWAY and its last word, for streams that cross it on their way. */
  static final Duration GO_AWAY_GRACE = Duration.ofMillis(100);

  /** A request that crosses the end on an idle HTTP/1 connection is answered, not reset. */
  private static final Duration IDLE_GRACE = Duration.ofMillis(250);

  /** How long those who were ended may take to read it. */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private static final Duration CLOSING = Duration.ofMillis(200);

  private final AtomicBoolean accepting = new AtomicBoolean();
  private final OpenConnections connections = new OpenConnections();
  private final OpenRequests requests = new OpenRequests();
  private final HealthStatuses statuses = new HealthStatuses();
  private final Clock clock;

  Drain(Clock clock) {
    this.clock = clock;
  }

  /** From now on calls are welcome. */
  void open() {
    accepting.set(true);
  }

  boolean isAccepting() {
    return accepting.get();
  }

  OpenConnections connections() {
    return connections;
  }

  OpenRequests requests() {
    return requests;
  }

  HealthStatuses statuses() {
    return statuses;
  }

  /** Returns when no connection is left, at most a second after {@code limit}. */
  void run(RunningCalls calls, Duration limit) {
    long startNanos = clock.nanoTime();
    // Before the gate closes: what it hands to gRPC from then on has to be refused there.
    statuses.drain(STOPPING);
    accepting.set(false);
    connections.goAway();
    requests.closeConnectionsAfterwards();
    wait(connections.whenClosed(), shorter(IDLE_GRACE, limit));
    connections.closeIdle(requests.channels());

    CompletableFuture<Void> none = requests.whenNone();
    wait(none, limit.minusNanos(clock.nanoTime() - startNanos));
    if (!none.isDone()) {
      calls.end(STOPPING);
      wait(none, LAST_WORDS);
      // Whoever has not even sent his call in full yet.
      requests.end(STOPPING);
    }
    wait(connections.whenClosed(), CLOSING);
    connections.cut();
    wait(connections.whenClosed(), CLOSING);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static void wait(CompletableFuture<Void> what, Duration limit) {
    if (limit.isPositive()) {
      what.copy().completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS).join();
    }
  }
}
