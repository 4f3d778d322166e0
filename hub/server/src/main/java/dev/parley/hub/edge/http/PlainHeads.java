package dev.parley.hub.edge.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * Refuses heads of HTTP/1 that servers read in different ways: folded header lines, and request
 * lines that are not three words with one space between them, the last HTTP/1.0 or HTTP/1.1. The
 * decoder unfolds before anybody else can see it, so this stands in front of it and looks at bytes.
 *
 * <p>It does not decide where a message ends: it hands the decoder at most one head, or as much as
 * can be one body, at a time, and learns from what comes out whether a head or a body is next. So
 * the two cannot disagree, however the bytes are cut or pipelined. What is refused is passed on
 * broken: the decoder answers 400 in its turn and takes nothing more of that connection.
 *
 * <p>Nothing is copied or kept but a few numbers. Belongs to the connection's event loop.
 */
public final class PlainHeads extends ChannelInboundHandlerAdapter {

  /** Breaks a head at the start of a line, and anywhere in a request line. */
  private static final byte[] BROKEN = {':', '\r', '\n', '\r', '\n'};

  /** Armeria's decoder is not public. */
  private static final String DECODER = "HttpServerCodec";

  /** By then it is known what is spoken; as much as the longest greeting, that of HTTP/2. */
  private static final int GREETING_BYTES_MAX = 24;

  private enum Mode {
    /** Nobody knows yet what is spoken. */
    GREETING,
    HEAD,
    /** Of a length that the head told. */
    BODY,
    /** Ends with an empty line. */
    CHUNKS,
    /** What follows is encrypted: to be looked at behind TLS. */
    ENCRYPTED,
    /** HTTP/2, what follows an upgrade, or what the decoder refused itself. */
    PASSED,
    REFUSED
  }

  private final boolean behindTls;
  private final HeadLines lines = new HeadLines();
  private Mode mode = Mode.GREETING;
  private @Nullable ChannelHandlerContext decoder;
  private int greetingBytes;
  private boolean greetingOdd;
  private long bodyLeft;

  /** For a connection on which nothing came yet. */
  public PlainHeads() {
    this(false);
  }

  private PlainHeads(boolean behindTls) {
    this.behindTls = behindTls;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf bytes) || mode == Mode.PASSED) {
      ctx.fireChannelRead(message);
      return;
    }
    try {
      while (bytes.isReadable()) {
        if (decoder != null && decoder.isRemoved()) {
          mode = Mode.PASSED;
        }
        pass(ctx, bytes);
      }
    } finally {
      bytes.release();
    }
  }

  private void pass(ChannelHandlerContext ctx, ByteBuf bytes) {
    switch (mode) {
      case GREETING -> greet(ctx, bytes);
      case HEAD -> head(ctx, bytes);
      case BODY -> {
        if (bodyLeft == 0) {
          // The decoder should have ended it.
          refuse(ctx, bytes);
        } else {
          int size = (int) Math.min(bodyLeft, bytes.readableBytes());
          bodyLeft -= size;
          forward(ctx, bytes, size);
        }
      }
      case CHUNKS -> forward(ctx, bytes, lines.throughEmptyLine(bytes));
      case ENCRYPTED -> {
        follow(ctx);
        forward(ctx, bytes, bytes.readableBytes());
      }
      case PASSED -> forward(ctx, bytes, bytes.readableBytes());
      case REFUSED -> bytes.skipBytes(bytes.readableBytes());
    }
  }

  private static void forward(ChannelHandlerContext ctx, ByteBuf bytes, int size) {
    ctx.fireChannelRead(bytes.readRetainedSlice(size));
  }

  private void head(ChannelHandlerContext ctx, ByteBuf bytes) {
    int good = lines.throughHead(bytes);
    if (good > 0) {
      forward(ctx, bytes, good);
    }
    if (lines.odd()) {
      refuse(ctx, bytes);
    }
  }

  private void refuse(ChannelHandlerContext ctx, ByteBuf bytes) {
    mode = Mode.REFUSED;
    bytes.skipBytes(bytes.readableBytes());
    ctx.fireChannelRead(Unpooled.wrappedBuffer(BROKEN));
  }

  /** Byte by byte, so that none of a head is decoded before it is known who decodes. */
  private void greet(ChannelHandlerContext ctx, ByteBuf bytes) {
    if (!known(ctx.pipeline())) {
      if (greetingBytes++ == GREETING_BYTES_MAX) {
        mode = Mode.PASSED;
        return;
      }
      ByteBuf next = bytes.readRetainedSlice(1);
      greetingOdd |= lines.throughHead(next) == 0;
      ctx.fireChannelRead(next);
      boolean _ = known(ctx.pipeline());
    }
    if (mode == Mode.HEAD && greetingOdd) {
      refuse(ctx, bytes);
    }
  }

  private boolean known(ChannelPipeline pipeline) {
    if (pipeline.get(Http2ConnectionHandler.class) != null) {
      mode = Mode.PASSED;
    } else if (!behindTls
        && (pipeline.get(AbstractSniHandler.class) != null
            || pipeline.get(SslHandler.class) != null)) {
      mode = Mode.ENCRYPTED;
    } else {
      for (var one : pipeline) {
        if (one.getValue().getClass().getSimpleName().equals(DECODER)) {
          decoder = pipeline.context(one.getValue());
          pipeline.addAfter(one.getKey(), null, new Watch());
          mode = Mode.HEAD;
          break;
        }
      }
    }
    return mode != Mode.GREETING;
  }

  /** The first bytes that can be decrypted come with a later read than the one that made TLS. */
  private void follow(ChannelHandlerContext ctx) {
    ChannelHandlerContext tls = ctx.pipeline().context(SslHandler.class);
    if (tls != null) {
      ctx.pipeline().addAfter(tls.name(), null, new PlainHeads(true));
      mode = Mode.PASSED;
    }
  }

  /** Stands behind the decoder, and sees what it made of the bytes. */
  private final class Watch extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof HttpObject part) {
        if (part.decoderResult().isFailure()) {
          // It takes nothing more itself.
          mode = Mode.PASSED;
        } else if (part instanceof LastHttpContent) {
          mode = Mode.HEAD;
          lines.begin();
        } else if (part instanceof HttpMessage head) {
          lines.begin();
          bodyLeft = HttpUtil.getContentLength(head, 0L);
          mode = HttpUtil.isTransferEncodingChunked(head) ? Mode.CHUNKS : Mode.BODY;
        }
      }
      ctx.fireChannelRead(message);
    }
  }
}
