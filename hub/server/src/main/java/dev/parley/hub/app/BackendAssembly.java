package dev.parley.hub.app;

import com.linecorp.armeria.common.util.EventLoopGroups;
import dev.parley.adapters.BackendTypes;
import dev.parley.adapters.http.HttpTransport;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.registry.Registry;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The event loops and the backends that run on them: all of a hub but its front. */
record BackendAssembly(EventLoopGroup loops, Registry registry) implements AutoCloseable {

  private static final Duration QUIET_PERIOD = Duration.ofMillis(50);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

  static BackendAssembly of(HubConfig config) {
    EventLoopGroup loops =
        EventLoopGroups.newEventLoopGroup(Runtime.getRuntime().availableProcessors(), "hub-loop");
    Registry registry =
        new Registry(
            BackendTypes.all(
                new HttpTransport(loops, (id, files) -> FollowedTls.of("backend " + id, files))),
            BackendTypes.builtIn());
    registry.apply(config);
    return new BackendAssembly(loops, registry);
  }

  /** Each of the loops. */
  List<ScheduledExecutorService> eventLoops() {
    List<ScheduledExecutorService> all = new ArrayList<>();
    loops.forEach(all::add);
    return all;
  }

  @Override
  public void close() {
    registry.close();
    loops
        .shutdownGracefully(QUIET_PERIOD.toMillis(), CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_MAX.toMillis() + 1_000);
  }
}
