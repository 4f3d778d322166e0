package dev.parley.hub.bench.fake;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One speech, a piece at a time on a fixed schedule. Belongs to the connection's event loop. */
final class PacedSpeech {

  /** How the sound is wrapped: what is sent before it, for each piece of it, and behind it. */
  record Form(ByteBuf head, ByteBuf piece, ByteBuf end) {
    static final Form BYTES = new Form(Sounds.RAW_HEAD, Sounds.RAW, Sounds.RAW_END);
    static final Form EVENTS = new Form(Sounds.EVENT_HEAD, Sounds.EVENT, Sounds.EVENT_END);
  }

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final ChannelHandlerContext ctx;
  private final Form form;
  private final String text;
  private final int pieces;
  private final ScheduledFuture<?> pace;
  private int left;

  PacedSpeech(ChannelHandlerContext ctx, Form form, String text) {
    this.ctx = ctx;
    this.form = form;
    this.text = text;
    this.pieces = Math.max(1, FakeSpeech.pieces(text.length()));
    this.left = pieces;
    this.pace =
        ctx.executor()
            .scheduleAtFixedRate(
                this::tick, FakeSpeech.FIRST_MILLIS, FakeSpeech.GAP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    if (left == pieces) {
      write(form.head());
    }
    write(form.piece());
    left--;
    if (left == 0) {
      pace.cancel(false);
      write(form.end());
    }
    ctx.flush();
  }

  private void write(ByteBuf bytes) {
    var _ = ctx.write(bytes.retainedDuplicate(), ctx.voidPromise());
  }

  /** The first number in the text; 0 when there is none. */
  long number() {
    Matcher found = NUMBER.matcher(text);
    return found.find() ? Long.parseLong(found.group()) : 0;
  }

  /** Ends it; whether there was anything left to say. */
  boolean stop() {
    return pace.cancel(false);
  }
}
