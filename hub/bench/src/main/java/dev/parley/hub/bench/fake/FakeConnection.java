package dev.parley.hub.bench.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.hub.bench.http.Heads;
import dev.parley.hub.bench.http.MessageReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One connection to the backend: reads a request, answers it, reads the next. */
final class FakeConnection extends ChannelInboundHandlerAdapter implements MessageReader.Sink {

  private static final int BODY_BYTES_MAX = 1 << 20;
  private static final int DEFAULT_DELTAS = 16;
  private static final byte[] STREAM = "\"stream\":true".getBytes(US_ASCII);
  private static final byte[] DELTAS = "\"x_deltas\":".getBytes(US_ASCII);
  private static final byte[] GAP = "\"x_gap_ms\":".getBytes(US_ASCII);
  private static final byte[] USAGE = "\"include_usage\":true".getBytes(US_ASCII);

  private final MessageReader reader = new MessageReader(this);
  private @Nullable ChannelHandlerContext ctx;
  private byte[] scratch = new byte[4096];
  private byte[] body = new byte[1024];
  private int length;
  private @Nullable ByteBuf whole;
  private boolean notHttp1;
  private @Nullable FakeStream stream;

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      int size = in.readableBytes();
      if (size > scratch.length) {
        scratch = new byte[size];
      }
      in.readBytes(scratch, 0, size);
      reader.feed(scratch, 0, size);
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public void head(byte[] head, int headLength) {
    length = 0;
    if (Heads.startsWith(head, 0, headLength, "post /v1/chat/completions ")) {
      whole = null;
    } else if (Heads.startsWith(head, 0, headLength, "get /v1/models ")) {
      whole = Replies.MODELS;
    } else if (Heads.startsWith(head, 0, headLength, "get /health ")) {
      whole = Replies.HEALTH;
    } else if (Heads.startsWith(head, 0, headLength, "pri ")) {
      notHttp1 = true;
    } else {
      whole = Replies.UNKNOWN;
    }
  }

  @Override
  public void body(byte[] bytes, int from, int to) {
    int more = to - from;
    if (length + more > BODY_BYTES_MAX) {
      throw new IllegalStateException("a request of more than " + BODY_BYTES_MAX + " bytes");
    }
    if (length + more > body.length) {
      body = Arrays.copyOf(body, (length + more) * 2);
    }
    System.arraycopy(bytes, from, body, length, more);
    length += more;
  }

  @Override
  public void end() {
    ChannelHandlerContext to = ctx;
    if (to == null) {
      return;
    }
    ByteBuf fixed = whole;
    if (notHttp1) {
      var _ =
          to.writeAndFlush(Replies.NOT_HTTP1.retainedDuplicate())
              .addListener(ChannelFutureListener.CLOSE);
    } else if (fixed != null) {
      var _ = to.write(fixed.retainedDuplicate(), to.voidPromise());
    } else if (Heads.find(body, length, STREAM) < 0) {
      var _ = to.write(Replies.COMPLETION.retainedDuplicate(), to.voidPromise());
    } else {
      stream =
          FakeStream.start(
              to,
              (int) asked(DELTAS, DEFAULT_DELTAS),
              asked(GAP, 0),
              Heads.find(body, length, USAGE) >= 0);
    }
  }

  private long asked(byte[] member, long absent) {
    int at = Heads.find(body, length, member);
    return at < 0 ? absent : Heads.number(body, at + member.length, length);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (stream != null) {
      stream.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (stream != null) {
      stream.stop();
    }
  }

  /** The caller went away, or speaks something else: nobody is told, the connection ends. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
