package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;

/**
 * Notices a caller that leaves, in every phase of a call and at once: the connection's own end is
 * watched besides the request, since HTTP/1 has no other sign and HTTP/2 none when a host dies.
 */
public final class Departure implements ChannelFutureListener {

  private final Runnable gone;
  private final @Nullable Channel channel;
  private boolean over;

  private Departure(@Nullable Channel channel, Runnable gone) {
    this.channel = channel;
    this.gone = gone;
  }

  /** Runs {@code gone} on the request's event loop if the caller leaves before {@link #stop}. */
  public static Departure watch(ServiceRequestContext ctx, Runnable gone) {
    Channel channel = ctx.log().ensureAvailable(RequestLogProperty.SESSION).channel();
    Departure departure = new Departure(channel, gone);
    if (channel != null) {
      channel.closeFuture().addListener(departure);
    }
    var _ = ctx.whenRequestCancelling().thenRun(departure::left);
    return departure;
  }

  @Override
  public void operationComplete(ChannelFuture closed) {
    left();
  }

  private void left() {
    if (!over) {
      stop();
      gone.run();
    }
  }

  /** The call has ended: its caller may go. */
  public void stop() {
    over = true;
    if (channel != null) {
      channel.closeFuture().removeListener(this);
    }
  }
}
