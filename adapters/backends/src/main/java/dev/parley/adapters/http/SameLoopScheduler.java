package dev.parley.adapters.http;

import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.EventLoopScheduler;
import com.linecorp.armeria.client.endpoint.EndpointGroup;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.util.ReleasableHolder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Runs a backend call on the event loop of the caller's stream, so that no byte of it changes
 * threads. Calls from other threads are spread over the loops.
 */
final class SameLoopScheduler implements EventLoopScheduler {

  private final EventLoopGroup group;

  SameLoopScheduler(EventLoopGroup group) {
    this.group = group;
  }

  @Override
  public ReleasableHolder<EventLoop> acquire(
      SessionProtocol protocol, EndpointGroup endpointGroup, @Nullable Endpoint endpoint) {
    return new Held(current(group));
  }

  /** The loop of {@code group} that runs this thread, else the next one. */
  static EventLoop current(EventLoopGroup group) {
    for (EventExecutor executor : group) {
      if (executor.inEventLoop()) {
        return (EventLoop) executor;
      }
    }
    return group.next();
  }

  private record Held(EventLoop loop) implements ReleasableHolder<EventLoop> {
    @Override
    public EventLoop get() {
      return loop;
    }

    @Override
    public void release() {}
  }
}
