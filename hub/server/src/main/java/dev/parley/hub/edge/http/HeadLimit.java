package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that do not bring the head of a request in time, TLS handshake included,
 * however busily they drip. Of an HTTP/1 connection every request counts, of an HTTP/2 connection
 * only the first: it may rest between its streams, which other limits hold. Belongs to the
 * connection's event loop.
 */
public final class HeadLimit extends ChannelInboundHandlerAdapter {

  private static final AttributeKey<HeadLimit> LIMIT =
      AttributeKey.valueOf(HeadLimit.class, "limit");

  private final Duration limit;
  private @Nullable ScheduledFuture<?> waiting;
  private int running;
  private boolean multiplexed;

  public HeadLimit(Duration limit) {
    this.limit = limit;
  }

  /** The head of a request has come; to be told of each, on its event loop. */
  public static void headCame(ServiceRequestContext ctx) {
    Channel channel = ctx.log().ensureAvailable(RequestLogProperty.SESSION).channel();
    HeadLimit own = channel == null ? null : channel.attr(LIMIT).get();
    if (channel == null || own == null) {
      return;
    }
    own.begun(ctx.sessionProtocol().isMultiplex());
    var _ =
        ctx.log()
            .whenComplete()
            .thenRun(() -> {
              if (channel.eventLoop().inEventLoop()) {
                own.ended();
              } else {
                channel.eventLoop().execute(own::ended);
              }
            });
  }

  private void begun(boolean multiplex) {
    multiplexed |= multiplex;
    running++;
    rest();
  }

  private void ended() {
    running--;
  }

  private void rest() {
    ScheduledFuture<?> timer = waiting;
    if (timer != null) {
      timer.cancel(false);
      waiting = null;
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.channel().attr(LIMIT).set(this);
    begin(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    // Whatever comes while no request is under way begins the next one.
    if (running == 0 && !multiplexed && waiting == null) {
      begin(ctx);
    }
    ctx.fireChannelRead(bytes);
  }

  private void begin(ChannelHandlerContext ctx) {
    waiting = ctx.executor().schedule(() -> late(ctx), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void late(ChannelHandlerContext ctx) {
    waiting = null;
    // From here, not from the pipeline's end: HTTP/2's close would wait for its GOAWAY to be read.
    if (running == 0 && ctx.channel().pipeline().get(Http2ConnectionHandler.class) == null) {
      var _ = ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    rest();
    ctx.fireChannelInactive();
  }
}
