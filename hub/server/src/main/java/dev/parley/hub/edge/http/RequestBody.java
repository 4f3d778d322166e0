package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Collects the body of one request, no larger than its limit and no more than the hub's memory
 * budget has left. What it reserved there is given back by {@link #release}, when the call has
 * ended.
 */
public final class RequestBody implements Subscriber<HttpObject> {

  /** Takes the body, or why there is none. */
  public interface Receiver {
    void body(byte[] bytes, int length);

    void failed(Throwable failure);
  }

  private static final byte[] NOTHING = {};

  /** Every so often at least this much has to come, but for the end of the body. */
  private static final int PACE_SECONDS = 20;

  private static final int PACE_BYTES_MIN = 4 * 1024;

  private final long bytesMax;
  private final String limitName;
  private final MemoryBudget budget;
  private final Receiver receiver;
  private byte[] bytes = NOTHING;
  private int length;
  private long reserved;
  private boolean over;
  private @Nullable Subscription upstream;
  private @Nullable ScheduledFuture<?> pace;
  private int seen;

  private RequestBody(long bytesMax, String limitName, MemoryBudget budget, Receiver receiver) {
    this.bytesMax = bytesMax;
    this.limitName = limitName;
    this.budget = budget;
    this.receiver = receiver;
  }

  /** Starts to collect; the receiver is called once, on {@code loop}. */
  public static RequestBody collect(
      HttpRequest req,
      EventExecutor loop,
      long bytesMax,
      String limitName,
      MemoryBudget budget,
      Receiver receiver) {
    RequestBody body = new RequestBody(bytesMax, limitName, budget, receiver);
    if (req.headers().contentLength() > bytesMax) {
      body.over = true;
      req.abort();
      receiver.failed(body.tooLarge());
    } else {
      req.subscribe(body, loop);
      // Most bodies are there with their heads and need no timer.
      loop.execute(() -> body.watchPace(loop));
    }
    return body;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    upstream = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpObject object) {
    if (over || !(object instanceof HttpData data) || data.isEmpty()) {
      return;
    }
    if (length + (long) data.length() > bytesMax) {
      fail(tooLarge());
    } else if (!budget.reserve(data.length())) {
      fail(
          new HubException(
              new HubError.Overloaded(
                  "the memory for request bodies is full", Duration.ofSeconds(1))));
    } else {
      reserved += data.length();
      append(data.array());
    }
  }

  private void watchPace(EventExecutor loop) {
    if (!over && pace == null) {
      pace = loop.scheduleAtFixedRate(this::keepPace, PACE_SECONDS, PACE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** A body may come slowly, but not for ever: what it holds is scarce. */
  private void keepPace() {
    if (over) {
      rest();
    } else if (length - seen < PACE_BYTES_MIN) {
      fail(
          new HubException(
              new HubError.DeadlineExceeded(Stage.IDLE, Duration.ofSeconds(PACE_SECONDS))));
    } else {
      seen = length;
    }
  }

  private void rest() {
    if (pace != null) {
      pace.cancel(false);
    }
  }

  private void append(byte[] more) {
    if (length == 0) {
      bytes = more;
      length = more.length;
      return;
    }
    if (bytes.length - length < more.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(bytesMax, (length + (long) more.length) * 2));
    }
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void fail(HubException failure) {
    over = true;
    rest();
    if (upstream != null) {
      upstream.cancel();
    }
    receiver.failed(failure);
  }

  @Override
  public void onError(Throwable failure) {
    rest();
    if (!over) {
      over = true;
      receiver.failed(new HubException(new HubError.Cancelled(), failure));
    }
  }

  @Override
  public void onComplete() {
    rest();
    if (!over) {
      over = true;
      receiver.body(bytes, length);
    }
  }

  /** Gives the memory back and takes no more; harmless when repeated. */
  public void release() {
    rest();
    if (!over) {
      over = true;
      if (upstream != null) {
        upstream.cancel();
      }
    }
    budget.release(reserved);
    reserved = 0;
  }

  private HubException tooLarge() {
    return new HubException(new HubError.TooLarge("the request body", limitName, bytesMax));
  }
}
