package dev.parley.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/**
 * A loopback server that speaks HTTP/2 over TLS, with a certificate that nobody signed, and breaks
 * every stream in one way. {@link #close()} ends all connections.
 */
public final class H2FaultServer implements AutoCloseable {
  private static final int RST_STREAM_BYTES = 4;
  private static final int GOAWAY_BYTES = 8;

  /** One for all servers of this process: making it takes half a second. */
  private static final KeyManagerFactory CERTIFICATE = OwnCertificate.make();

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final H2Fault fault;
  private final String body;
  private final SslContext tls;
  private final Channel listener;
  private final AtomicInteger streams = new AtomicInteger();

  private H2FaultServer(H2Fault fault, String body) {
    this.fault = fault;
    this.body = body;
    this.tls = tls();
    this.listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    connection
                        .pipeline()
                        .addLast(
                            tls.newHandler(connection.alloc()),
                            Http2FrameCodecBuilder.forServer().build(),
                            new Streams());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /** A server that treats every stream so; {@code body} is an event stream, whole. */
  public static H2FaultServer start(H2Fault fault, String body) {
    return new H2FaultServer(fault, body);
  }

  private static SslContext tls() {
    try {
      return SslContextBuilder.forServer(CERTIFICATE)
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  ApplicationProtocolConfig.Protocol.ALPN,
                  ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                  ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_2))
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where it listens. */
  public URI baseUri() {
    return URI.create(
        "https://127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort());
  }

  /** Requests read so far. */
  public int streams() {
    return streams.get();
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Streams extends SimpleChannelInboundHandler<Http2Frame> {

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Http2Frame frame) {
      switch (frame) {
        case Http2HeadersFrame head when head.isEndStream() -> play(ctx, head.stream());
        case Http2DataFrame data when data.isEndStream() -> play(ctx, data.stream());
        default -> {
          // Settings, and what comes before the end of a small request.
        }
      }
    }

    private void play(ChannelHandlerContext ctx, Http2FrameStream stream) {
      streams.incrementAndGet();
      if (fault.when() == H2Fault.When.IN_BODY) {
        var head = new DefaultHttp2Headers().status("200").set("content-type", "text/event-stream");
        var _ = ctx.write(new DefaultHttp2HeadersFrame(head).stream(stream));
        var _ =
            ctx.writeAndFlush(
                data(ctx, body.substring(0, body.length() / 2), false).stream(stream));
      }
      switch (fault.what()) {
        case REFUSED -> reset(ctx, stream, Http2Error.REFUSED_STREAM);
        case CANCELLED -> reset(ctx, stream, Http2Error.CANCEL);
        case BROKEN -> reset(ctx, stream, Http2Error.INTERNAL_ERROR);
        case GOAWAY_BELOW -> {
          goAway(ctx, stream.id() - 2);
          close(ctx);
        }
        case GOAWAY_AT -> {
          goAway(ctx, stream.id());
          close(ctx);
        }
        case GOAWAY_IN_ORDER -> {
          goAway(ctx, stream.id());
          var _ =
              ctx.writeAndFlush(data(ctx, body.substring(body.length() / 2), true).stream(stream));
        }
        case CLOSED -> close(ctx);
      }
    }

    private static Http2DataFrame data(ChannelHandlerContext ctx, String text, boolean last) {
      var bytes = ctx.alloc().buffer().writeBytes(text.getBytes(UTF_8));
      return new DefaultHttp2DataFrame(bytes, last);
    }

    /** Frames past the codec, which would keep the rules. */
    private static void raw(ChannelHandlerContext ctx, ByteBuf frame) {
      var _ = ctx.pipeline().context(Http2FrameCodec.class).writeAndFlush(frame);
    }

    private static ByteBuf frame(ChannelHandlerContext ctx, int length, int type, int stream) {
      return ctx.alloc().buffer().writeMedium(length).writeByte(type).writeByte(0).writeInt(stream);
    }

    private static void reset(ChannelHandlerContext ctx, Http2FrameStream stream, Http2Error why) {
      raw(
          ctx,
          frame(ctx, RST_STREAM_BYTES, Http2FrameTypes.RST_STREAM, stream.id())
              .writeInt((int) why.code()));
    }

    private static void goAway(ChannelHandlerContext ctx, int lastStream) {
      raw(
          ctx,
          frame(ctx, GOAWAY_BYTES, Http2FrameTypes.GO_AWAY, 0)
              .writeInt(Math.max(0, lastStream))
              .writeInt((int) Http2Error.NO_ERROR.code()));
    }

    /** From below the codec, which would say GOAWAY itself and wait for the streams. */
    private static void close(ChannelHandlerContext ctx) {
      var _ =
          ctx.pipeline()
              .context(Http2FrameCodec.class)
              .writeAndFlush(ctx.alloc().buffer(0))
              .addListener(_ -> closeNow(ctx));
    }

    private static void closeNow(ChannelHandlerContext ctx) {
      var _ = ctx.pipeline().firstContext().close();
    }
  }
}
