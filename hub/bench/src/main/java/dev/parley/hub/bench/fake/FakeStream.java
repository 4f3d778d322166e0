package dev.parley.hub.bench.fake;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One streamed answer, paced or at full speed. Belongs to the connection's event loop. */
final class FakeStream {

  private final ChannelHandlerContext ctx;
  private final boolean usage;
  private int left;
  private boolean queued;
  private @Nullable ScheduledFuture<?> pace;

  private FakeStream(ChannelHandlerContext ctx, int deltas, boolean usage) {
    this.ctx = ctx;
    this.left = deltas;
    this.usage = usage;
  }

  /** Sends the head and the first delta at once; the others a gap apart, on a fixed schedule. */
  static FakeStream start(ChannelHandlerContext ctx, int deltas, long gapMillis, boolean usage) {
    FakeStream stream = new FakeStream(ctx, deltas, usage);
    var _ = ctx.write(Replies.STREAM_HEAD.retainedDuplicate(), ctx.voidPromise());
    if (gapMillis == 0) {
      stream.burst();
    } else {
      stream.pace =
          ctx.executor()
              .scheduleAtFixedRate(stream::tick, gapMillis, gapMillis, TimeUnit.MILLISECONDS);
      stream.tick();
    }
    return stream;
  }

  private void tick() {
    if (left > 0) {
      var _ = ctx.write(Replies.stamped(ctx.alloc(), System.nanoTime()), ctx.voidPromise());
      left--;
    }
    if (left == 0) {
      stop();
      end();
    }
    ctx.flush();
  }

  /** One burst per turn of the event loop, so that all streams get on alike. */
  private void burst() {
    queued = false;
    if (left == 0) {
      return;
    }
    if (left >= Replies.BURST) {
      var _ = ctx.write(Replies.MANY.retainedDuplicate(), ctx.voidPromise());
      left -= Replies.BURST;
    } else {
      for (; left > 0; left--) {
        var _ = ctx.write(Replies.ONE.retainedDuplicate(), ctx.voidPromise());
      }
    }
    if (left == 0) {
      end();
    }
    ctx.flush();
    writable();
  }

  void writable() {
    if (pace == null && left > 0 && !queued && ctx.channel().isWritable()) {
      queued = true;
      ctx.executor().execute(this::burst);
    }
  }

  void stop() {
    left = 0;
    if (pace != null) {
      pace.cancel(false);
    }
  }

  private void end() {
    if (usage) {
      var _ = ctx.write(Replies.USAGE_EVENT.retainedDuplicate(), ctx.voidPromise());
    }
    var _ = ctx.write(Replies.STREAM_END.retainedDuplicate(), ctx.voidPromise());
  }
}
