package dev.parley.hub.bench.load;

import dev.parley.hub.bench.http.Loops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Drives a server on loopback. Each run opens its connections first, keeps one request at a time on
 * each, and closes them when it ends; it blocks the calling thread meanwhile.
 */
public final class Generator implements AutoCloseable {

  /** Past its time a run has this long to see the last answers. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final EventLoopGroup loop = Loops.one();

  /** Calls that are answered whole. */
  public Measured calls(int port, int connections, byte[] request, Until until) {
    return run(port, connections, Duration.ZERO, until, tally -> new WholeCaller(request, tally));
  }

  /** Streams of {@code deltas} deltas each, as the request asks; times the first delta of each. */
  public Measured streams(int port, int connections, byte[] request, int deltas, Until until) {
    return run(
        port,
        connections,
        Duration.ZERO,
        until,
        tally -> new StreamCaller(request, tally, deltas, StreamCaller.Timing.FIRST_DELTA));
  }

  /**
   * One paced stream on each connection, their starts spread over {@code spread}; times every delta
   * by the stamp of its sending.
   */
  public Measured paced(int port, int connections, byte[] request, int deltas, Duration spread) {
    return run(
        port,
        connections,
        spread,
        Until.requests(connections),
        tally -> new StreamCaller(request, tally, deltas, StreamCaller.Timing.EACH_DELTA));
  }

  private Measured run(
      int port, int connections, Duration spread, Until until, Function<Tally, Caller> make) {
    List<Channel> channels = new ArrayList<>();
    try {
      for (ChannelFuture opened : connect(port, connections)) {
        channels.add(opened.syncUninterruptibly().channel());
      }
      return loop.submit(() -> begin(channels, spread, until, make))
          .get()
          .result()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a load ran", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a load on port " + port + " did not end: " + e, e);
    } finally {
      for (Channel channel : channels) {
        var _ = channel.close().syncUninterruptibly();
      }
    }
  }

  private List<ChannelFuture> connect(int port, int connections) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(Loops.connection())
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {}
                });
    List<ChannelFuture> opening = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      opening.add(bootstrap.connect("127.0.0.1", port));
    }
    return opening;
  }

  private Tally begin(
      List<Channel> channels, Duration spread, Until until, Function<Tally, Caller> make) {
    Tally tally = new Tally(until, channels.size());
    long step = spread.toNanos() / channels.size();
    for (int i = 0; i < channels.size(); i++) {
      Caller caller = make.apply(tally);
      channels.get(i).pipeline().addLast(caller);
      if (step == 0) {
        caller.begin();
      } else {
        var _ = loop.next().schedule(caller::begin, i * step, TimeUnit.NANOSECONDS);
      }
    }
    return tally;
  }

  @Override
  public void close() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
