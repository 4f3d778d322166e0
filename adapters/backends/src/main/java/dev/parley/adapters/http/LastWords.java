package dev.parley.adapters.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets a backend finish speaking before its connection is given up. A server that answers a large
 * request without reading it, and then closes, makes the next write fail while its answer still
 * waits to be read: such a failure is held back until the input has ended, a second at most.
 *
 * <p>The failure of a small write is not held back: it may be the head's, which says that the
 * backend has seen nothing.
 */
final class LastWords extends ChannelDuplexHandler {

  private static final int LARGE_BYTES = 8 << 10;
  private static final long HELD_MILLIS_MAX = 1_000;

  /** As many as there are large writes on the way when the connection breaks. */
  private final List<Runnable> held = new ArrayList<>();

  /** A failed write ends the output only. */
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.channel().config().setOption(ChannelOption.AUTO_CLOSE, false);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (promise.isVoid() || !(msg instanceof ByteBuf bytes) || isSmall(bytes)) {
      var _ = ctx.write(msg, promise);
      return;
    }
    var _ =
        ctx.write(msg)
            .addListener(written -> {
              if (written.isSuccess()) {
                promise.trySuccess();
              } else {
                hold(ctx, () -> promise.tryFailure(reason(written.cause())));
              }
            });
  }

  /** What broke the connection rather than what was then done about it. */
  private static Throwable reason(Throwable cause) {
    Throwable first = cause.getCause();
    return cause instanceof ChannelOutputShutdownException && first != null ? first : cause;
  }

  private static boolean isSmall(ByteBuf bytes) {
    return bytes.readableBytes() < LARGE_BYTES;
  }

  private void hold(ChannelHandlerContext ctx, Runnable failure) {
    if (!ctx.channel().isActive()) {
      failure.run();
      return;
    }
    if (held.isEmpty()) {
      var _ = ctx.executor().schedule(this::release, HELD_MILLIS_MAX, TimeUnit.MILLISECONDS);
    }
    held.add(failure);
  }

  private void release() {
    List<Runnable> failures = List.copyOf(held);
    held.clear();
    failures.forEach(Runnable::run);
  }

  /** Nobody above knows the event, and the failures say the same. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof ChannelOutputShutdownEvent)) {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ctx.fireChannelInactive();
    release();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    release();
  }
}
