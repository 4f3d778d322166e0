package dev.parley.hub.edge.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The connections that callers have open, those without a request included. Thread-safe; nothing
 * here waits.
 */
public final class OpenConnections {

  private final ChannelGroup channels =
      new DefaultChannelGroup("open connections", ImmediateEventExecutor.INSTANCE);

  /** Keeps a connection until it closes. */
  public void add(ChannelPipeline pipeline) {
    channels.add(pipeline.channel());
  }

  /** How many are open. */
  public int count() {
    return channels.size();
  }

  /**
   * Tells every HTTP/2 caller to open no more streams here. Each connection closes when its last
   * stream has ended.
   */
  public void goAway() {
    // Armeria turns the close of such a connection into GOAWAY and a wait for its streams.
    var _ = channels.close(OpenConnections::isHttp2);
  }

  /** Closes the HTTP/1 connections that are not among {@code busy}. */
  public void closeIdle(Set<Channel> busy) {
    var _ = channels.close(channel -> !isHttp2(channel) && !busy.contains(channel));
  }

  /** Cuts what is still open, even where a caller reads no more. */
  public void cut() {
    for (Channel channel : channels) {
      // From the pipeline's head: HTTP/2's close would wait for its GOAWAY to be read.
      channel
          .eventLoop()
          .execute(() -> {
            if (channel.isActive()) {
              var _ = channel.pipeline().firstContext().close();
            }
          });
    }
  }

  /** Completes when all that are open now have closed. */
  public CompletableFuture<Void> whenClosed() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    channels.newCloseFuture().addListener(_ -> closed.complete(null));
    return closed;
  }

  private static boolean isHttp2(Channel channel) {
    return channel.pipeline().get(Http2ConnectionHandler.class) != null;
  }
}
