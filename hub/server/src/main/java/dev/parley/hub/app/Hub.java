package dev.parley.hub.app;

import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.parley.adapters.http.HttpTransport;
import dev.parley.adapters.openai.OpenAiTypes;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.ServerConfig;
import dev.parley.hub.dispatch.Dispatcher;
import dev.parley.hub.registry.HealthMonitor;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.telemetry.CallLog;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A hub that can be started and stopped. The command line and the tests build the same one. Parts
 * start in the order of the constructor and stop in reverse.
 */
public final class Hub implements AutoCloseable {

  private static final Duration QUIET_PERIOD = Duration.ofMillis(50);

  private final ServerConfig settings;
  private final EventLoopGroup loops;
  private final Registry registry;
  private final HealthMonitor monitor;
  private final Server server;
  private final AtomicBoolean accepting = new AtomicBoolean();

  public Hub(HubConfig config, Clock clock) {
    this.settings = config.server();
    this.loops =
        EventLoopGroups.newEventLoopGroup(Runtime.getRuntime().availableProcessors(), "hub-loop");
    this.registry = new Registry(OpenAiTypes.all(new HttpTransport(loops)));
    this.registry.apply(config);
    this.monitor = new HealthMonitor(registry, loops.next());
    CallLog log = new CallLog(clock);
    Dispatcher dispatcher = new Dispatcher(registry, log, clock);
    ServerBuilder builder = Server.builder();
    EdgeAssembly.configure(
        builder, new EdgeAssembly.Parts(config, registry, dispatcher, log, clock, accepting::get));
    builder.workerGroup(loops, false);
    this.server = builder.build();
  }

  /** Starts to listen; returns when the port is open. */
  public void start() {
    var _ = monitor.start();
    server.start().join();
    accepting.set(true);
  }

  /** The port that the hub listens on. */
  public int port() {
    return server.activeLocalPort();
  }

  /** What is served now. */
  public Registry registry() {
    return registry;
  }

  /** Stops accepting, lets running calls end within the drain time, then closes everything. */
  @Override
  public void close() {
    accepting.set(false);
    server.stop().join();
    monitor.close();
    registry.close();
    Future<?> closed =
        loops.shutdownGracefully(
            QUIET_PERIOD.toMillis(), settings.drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
    closed.awaitUninterruptibly(settings.drainTimeout().toMillis() + 1_000);
  }
}
