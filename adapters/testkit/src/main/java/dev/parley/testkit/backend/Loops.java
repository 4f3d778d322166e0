package dev.parley.testkit.backend;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.TransportType;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The fakes' event loops, arranged so that a fake closes at once: a loop that shuts down in Netty's
 * own time takes two seconds.
 */
final class Loops {
  /** Serves all fakes of this process; daemons that end with it. */
  static final EventLoopGroup WORKERS = EventLoopGroups.newEventLoopGroup(2, "fake", true);

  private static final DefaultThreadFactory THREADS = new DefaultThreadFactory("fake-boss", true);

  private Loops() {}

  /** A loop to accept connections with, for one server, which will shut it down. */
  static EventLoopGroup boss() {
    var transport = Flags.transportType();
    if (transport == TransportType.EPOLL) {
      return new Hasty(EpollIoHandler.newFactory());
    }
    return transport == TransportType.NIO
        ? new Hasty(NioIoHandler.newFactory())
        : EventLoopGroups.newEventLoopGroup(1, "fake-boss", true);
  }

  private static final class Hasty extends MultiThreadIoEventLoopGroup {
    Hasty(IoHandlerFactory transport) {
      super(1, THREADS, transport);
    }

    @Override
    public Future<?> shutdownGracefully() {
      return shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }
}
