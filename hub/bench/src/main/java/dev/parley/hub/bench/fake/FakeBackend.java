package dev.parley.hub.bench.fake;

import dev.parley.hub.bench.http.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A server of the OpenAI dialect on loopback, HTTP/1.1 only, one event loop: {@code POST
 * /v1/chat/completions}, {@code GET /v1/models}, {@code GET /health}. A request with {@code
 * "stream":true} gets {@code x_deltas} deltas (default 16), one each {@code x_gap_ms} milliseconds,
 * or as fast as the reader takes them when that is 0 or absent.
 */
public final class FakeBackend implements AutoCloseable {

  private static final int BACKLOG = 4096;

  private final EventLoopGroup loop = Loops.one();
  private final Channel listener;

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   */
  public FakeBackend(int port) {
    this.listener =
        new ServerBootstrap()
            .group(loop)
            .channel(Loops.listener())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new FakeConnection());
                  }
                })
            .bind("127.0.0.1", port)
            .syncUninterruptibly()
            .channel();
  }

  /** The port it listens on. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public void close() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
