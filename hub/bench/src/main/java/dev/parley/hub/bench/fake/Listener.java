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
import java.util.function.Supplier;

/** A port on loopback and the one event loop of all its connections. */
final class Listener implements AutoCloseable {

  private static final int BACKLOG = 4096;

  private final EventLoopGroup loop = Loops.one();
  private final Channel channel;

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   */
  Listener(int port, Supplier<Connection> connections) {
    this.channel =
        new ServerBootstrap()
            .group(loop)
            .channel(Loops.listener())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel accepted) {
                    accepted.pipeline().addLast(connections.get());
                  }
                })
            .bind("127.0.0.1", port)
            .syncUninterruptibly()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  @Override
  public void close() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
