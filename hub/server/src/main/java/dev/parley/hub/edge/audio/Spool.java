package dev.parley.hub.edge.audio;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.stream.StreamMessage;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.edge.http.IdleLimit;
import dev.parley.hub.media.Incoming;
import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Writes a body to the disk: the next bytes are asked for when those before are written. */
final class Spool implements Subscriber<HttpData> {

  private final EventExecutor loop;
  private final Incoming to;
  private final FileRule rule;
  private final IdleLimit idle;
  private final CompletableFuture<Void> written = new CompletableFuture<>();
  private @Nullable Subscription from;
  private boolean busy;
  private boolean ended;

  private Spool(EventExecutor loop, Incoming to, FileRule rule) {
    this.loop = loop;
    this.to = to;
    this.rule = rule;
    this.idle = new IdleLimit(loop, IdleLimit.DEFAULT, this::stalled);
  }

  /** Completes on {@code loop} when all of it is written. */
  static CompletableFuture<Void> write(
      StreamMessage<HttpData> body, EventExecutor loop, Incoming to) {
    return write(body, loop, to, FileRule.ONE);
  }

  /** As above, but not more bytes than the rule allows. */
  static CompletableFuture<Void> write(
      StreamMessage<HttpData> body, EventExecutor loop, Incoming to, FileRule rule) {
    Spool spool = new Spool(loop, to, rule);
    body.subscribe(spool, loop);
    return spool.written;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    from = subscription;
    idle.begin();
    subscription.request(1);
  }

  @Override
  public void onNext(HttpData data) {
    idle.end();
    if (to.sizeBytes() + data.length() > rule.bytesMax()) {
      refuse(new HubException(new HubError.TooLarge(rule.field(), rule.limit(), rule.bytesMax())));
      return;
    }
    busy = true;
    var _ =
        to.write(ByteBuffer.wrap(data.array()))
            .whenCompleteAsync((_, failure) -> wrote(failure), loop);
  }

  private void refuse(HubException refusal) {
    if (from != null) {
      from.cancel();
    }
    written.completeExceptionally(refusal);
  }

  private void wrote(@Nullable Throwable failure) {
    busy = false;
    Subscription upstream = from;
    if (failure != null) {
      if (upstream != null) {
        upstream.cancel();
      }
      written.completeExceptionally(failure);
    } else if (ended) {
      written.complete(null);
    } else if (upstream != null) {
      idle.begin();
      upstream.request(1);
    }
  }

  /** The caller sends no more. */
  private void stalled(HubException failure) {
    refuse(failure);
  }

  @Override
  public void onError(Throwable failure) {
    idle.end();
    written.completeExceptionally(
        failure instanceof HubException
            ? failure
            : new HubException(new HubError.Cancelled(), failure));
  }

  @Override
  public void onComplete() {
    idle.end();
    ended = true;
    if (!busy) {
      written.complete(null);
    }
  }
}
