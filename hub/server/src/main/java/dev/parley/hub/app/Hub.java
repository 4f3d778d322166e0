package dev.parley.hub.app;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.OwnConfig;
import dev.parley.hub.dispatch.Dispatcher;
import dev.parley.hub.registry.HealthMonitor;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.telemetry.CallLog;
import dev.parley.hub.telemetry.Metrics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A hub that can be started and stopped. The command line and the tests build the same one. Parts
 * start in the order of the constructor and stop in reverse. {@link #start} and {@link #close}
 * block; call them from one thread that is no event loop.
 */
public final class Hub implements AutoCloseable {

  private static final long PORT_CLOSING_NANOS_MAX = 1_000_000_000;
  private static final long LOOK_NANOS = 1_000_000;

  private final OwnConfig own;
  private final Clock clock;
  private final BackendAssembly backends;
  private final HealthMonitor monitor;
  private final Server server;
  private final Dispatcher dispatcher;
  private final Drain drain;
  private final AtomicBoolean closed = new AtomicBoolean();

  public Hub(HubConfig config, Clock clock) {
    this.own = config.own();
    this.clock = clock;
    this.backends = BackendAssembly.of(config);
    this.monitor = new HealthMonitor(registry(), backends.loops().next(), clock);
    this.drain = new Drain(clock);
    CallLog log = new CallLog(clock);
    Metrics metrics =
        new Metrics(
            () -> Gauges.backends(registry()), () -> Gauges.targets(registry(), clock), clock);
    this.dispatcher =
        new Dispatcher(
            registry(),
            log.then(metrics.calls()),
            clock,
            () -> ThreadLocalRandom.current().nextLong());
    ServerBuilder builder = Server.builder();
    EdgeAssembly.configure(
        builder,
        new EdgeAssembly.Parts(config, registry(), dispatcher, log, metrics, clock, drain));
    builder.workerGroup(backends.loops(), false);
    this.server = builder.build();
  }

  /**
   * Starts to listen; returns when the port is open.
   *
   * @return completes when every backend was asked once how it is
   * @throws CannotListenException when the port cannot be opened; the hub still has to be closed
   */
  public CompletableFuture<Void> start() {
    drain.open();
    try {
      server.start().join();
    } catch (CompletionException e) {
      throw new CannotListenException(own.server(), e);
    }
    return monitor.start();
  }

  /**
   * Puts other backends, models and defaults in effect, all at once. Running calls go on as they
   * began. What the hub listens on and its limits stay as they were at the start.
   */
  public void apply(HubConfig next) {
    registry()
        .apply(new HubConfig(own, next.backends(), next.models(), next.defaults(), next.origins()));
    var _ = registry().refresh();
  }

  /** The port that the hub listens on. */
  public int port() {
    return server.activeLocalPort();
  }

  /** What is served now. */
  public Registry registry() {
    return backends.registry();
  }

  /**
   * Stops accepting, sends callers elsewhere, lets running calls end within the drain time, ends
   * those that are late with an error, then closes everything.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    drain.run(dispatcher.running(), own.server().drainTimeout());
    closePort();
    monitor.close();
    backends.close();
  }

  /**
   * Armeria is done two seconds later only, when the thread that accepted connections has seen that
   * nothing more comes: it holds nothing by then, so nobody waits for it.
   */
  private void closePort() {
    CompletableFuture<Void> stopped = server.stop();
    long startNanos = clock.nanoTime();
    while (!stopped.isDone()
        && !server.activePorts().isEmpty()
        && clock.nanoTime() - startNanos < PORT_CLOSING_NANOS_MAX) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
  }
}
