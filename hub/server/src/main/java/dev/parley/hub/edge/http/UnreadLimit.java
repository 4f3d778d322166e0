package dev.parley.hub.edge.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes connections that ask on while they do not read what was answered: PING, SETTINGS and
 * requests in a row, whose answers would fill the memory. Streams wait for their reader and never
 * get near the bounds.
 */
@Sharable
public final class UnreadLimit extends ChannelInboundHandlerAdapter {

  /** Pieces in line for the socket, however small. */
  private static final int PIECES_MAX = 8_192;

  private static final long BYTES_MAX = 64L << 20;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    ChannelOutboundBuffer line = ctx.channel().unsafe().outboundBuffer();
    if (line != null && (line.size() > PIECES_MAX || line.totalPendingWriteBytes() > BYTES_MAX)) {
      boolean _ = ReferenceCountUtil.release(bytes);
      // From here, not from the pipeline's end: HTTP/2's close would wait for its reader.
      var _ = ctx.close();
      return;
    }
    ctx.fireChannelRead(bytes);
  }
}
