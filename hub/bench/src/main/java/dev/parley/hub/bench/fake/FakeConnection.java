package dev.parley.hub.bench.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.hub.bench.http.Heads;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** One connection to the backend: reads a request, answers it, reads the next. */
final class FakeConnection extends Connection {

  private static final int DEFAULT_DELTAS = 16;
  private static final byte[] STREAM = "\"stream\":true".getBytes(US_ASCII);
  private static final byte[] DELTAS = "\"x_deltas\":".getBytes(US_ASCII);
  private static final byte[] GAP = "\"x_gap_ms\":".getBytes(US_ASCII);
  private static final byte[] USAGE = "\"include_usage\":true".getBytes(US_ASCII);

  private @Nullable ByteBuf whole;
  private boolean notHttp1;
  private @Nullable FakeStream stream;

  @Override
  void asked(byte[] head, int headLength) {
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
  void answer(ChannelHandlerContext to, byte[] body, int length) {
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
              (int) asked(DELTAS, DEFAULT_DELTAS, body, length),
              asked(GAP, 0, body, length),
              Heads.find(body, length, USAGE) >= 0);
    }
  }

  private static long asked(byte[] member, long absent, byte[] body, int length) {
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
}
