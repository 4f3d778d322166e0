package dev.parley.adapters.http;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.common.logging.RequestOnlyLog;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A request's body that is too large to leave in one write: given to the connection piece by piece,
 * the next one when the last is written. An answer that comes first stops it, and a backend that
 * does not read it is given up when its time is over, counted from when the connection was there.
 * For one event loop.
 */
final class Upload implements Publisher<HttpData>, Subscription {

  /** What a socket takes even when the other side does not read; such bodies are written whole. */
  static final int WHOLE_BYTES_MAX = 16 << 10;

  private static final int PIECE_BYTES = 64 << 10;

  private final Body body;
  private final EventLoop loop;
  private final Duration limit;
  private final Runnable onLate;

  private @Nullable Subscriber<? super HttpData> subscriber;
  private @Nullable Channel channel;
  private @Nullable ScheduledFuture<?> timer;
  private int piece;
  private int offset;
  private long demand;
  private boolean giving;
  private boolean over;

  /**
   * @param onLate told, at most once, that the body was not sent within the limit
   */
  Upload(Body body, EventLoop loop, Duration limit, Runnable onLate) {
    this.body = body;
    this.loop = loop;
    this.limit = limit;
    this.onLate = onLate;
  }

  @Override
  public void subscribe(Subscriber<? super HttpData> connection) {
    subscriber = connection;
    channel = ownChannel(ClientRequestContext.currentOrNull());
    connection.onSubscribe(this);
  }

  /** The connection that no other call shares; null where calls do share it. */
  private static @Nullable Channel ownChannel(@Nullable ClientRequestContext ctx) {
    if (ctx == null) {
      return null;
    }
    RequestOnlyLog session = ctx.log().ensureAvailable(RequestLogProperty.SESSION);
    return session.sessionProtocol().isMultiplex() ? null : session.channel();
  }

  @Override
  public void request(long n) {
    if (timer == null && !over) {
      timer = loop.schedule(this::late, limit.toNanos(), TimeUnit.NANOSECONDS);
    }
    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
    give();
  }

  /** One demand more than there are pieces says that the last one is written. */
  private void give() {
    Subscriber<? super HttpData> to = subscriber;
    if (giving || to == null) {
      return;
    }
    giving = true;
    while (demand > 0 && !over) {
      demand--;
      if (piece == body.pieces().size()) {
        end();
        to.onComplete();
      } else {
        Body.Piece from = body.pieces().get(piece);
        HttpData data = from.from(offset, PIECE_BYTES);
        offset += data.length();
        if (offset == from.length()) {
          piece++;
          offset = 0;
        }
        to.onNext(data);
      }
    }
    giving = false;
  }

  /**
   * Not wanted any more: the answer is there, or there will be none. What of the body is still to
   * be written would stand before the next call on this connection, so there is none.
   */
  @Override
  public void cancel() {
    if (!over) {
      end();
      Channel own = channel;
      if (own != null) {
        var _ = own.close();
      }
    }
  }

  private void end() {
    over = true;
    ScheduledFuture<?> running = timer;
    if (running != null) {
      running.cancel(false);
    }
  }

  private void late() {
    if (!over) {
      onLate.run();
    }
  }
}
