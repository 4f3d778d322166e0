package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

/**
 * Ends requests of one message whose bodies drip, or do not end: like other bodies over HTTP, every
 * so often at least so much of it has to come, but for its end. Streams of messages may rest.
 *
 * @param every how often it is looked at
 * @param bytesMin what has to come in that time
 */
record BodyPace(Duration every, int bytesMin) {

  /** As {@code RequestBody} has it. */
  static final BodyPace DEFAULT = new BodyPace(Duration.ofSeconds(20), 4 * 1024);

  /** Of gRPC: whether it is compressed, and its length. */
  private static final int PREFIX_BYTES = 5;

  private static final AttributeKey<Watch> WATCH = AttributeKey.valueOf(BodyPace.class, "WATCH");

  /** The request, watched; one that is too slow is aborted with DeadlineExceeded. */
  HttpRequest watch(ServiceRequestContext ctx, HttpRequest req) {
    Watch watch = new Watch(req, Long.MAX_VALUE);
    watch.begin(ctx, req::abort);
    return watched(req, watch);
  }

  /**
   * The request, watched from when its call says how to end it. Armeria collects the message of a
   * call that has one without a bound and looks at its length only then.
   *
   * @param bytesMax what the message may weigh
   */
  HttpRequest watchCall(ServiceRequestContext ctx, HttpRequest req, int bytesMax) {
    Watch watch = new Watch(req, (long) bytesMax + PREFIX_BYTES);
    ctx.setAttr(WATCH, watch);
    return watched(req, watch);
  }

  private static HttpRequest watched(HttpRequest req, Watch watch) {
    return HttpRequest.of(req.headers(), new Parts(req.peek(watch::came)));
  }

  /** Hides that this is a filter, which hears of nothing before all is there when collected. */
  private record Parts(StreamMessage<HttpObject> seen) implements Publisher<HttpObject> {

    @Override
    public void subscribe(Subscriber<? super HttpObject> reader) {
      seen.subscribe(reader);
    }
  }

  /** How to end this call, which has one message, when that is too slow or too long. */
  static void endWith(ServiceRequestContext ctx, Consumer<HubException> end) {
    Watch watch = ctx.attr(WATCH);
    if (watch != null) {
      watch.begin(ctx, end);
    }
  }

  private final class Watch {

    private final HttpRequest req;
    private final long bytesMax;
    private @Nullable Consumer<HubException> end;
    private long came;
    private long seen;
    private @Nullable ScheduledFuture<?> looks;

    Watch(HttpRequest req, long bytesMax) {
      this.req = req;
      this.bytesMax = bytesMax;
    }

    void came(HttpObject part) {
      if (part instanceof HttpData data) {
        came += data.length();
      }
      if (came > bytesMax) {
        end(
            new HubError.TooLarge(
                "the message", "server.request_bytes_max", bytesMax - PREFIX_BYTES));
      }
    }

    void begin(ServiceRequestContext ctx, Consumer<HubException> way) {
      end = way;
      EventExecutor loop = ctx.eventLoop().withoutContext();
      // Most bodies are there with their heads and need no timer.
      loop.execute(() -> {
        if (!req.isComplete()) {
          looks =
              loop.scheduleAtFixedRate(
                  this::look, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
          var _ = req.whenComplete().handle((_, _) -> endLooks());
        }
      });
    }

    private void look() {
      if (came - seen >= bytesMin) {
        seen = came;
        return;
      }
      end(new HubError.DeadlineExceeded(Stage.IDLE, every));
    }

    /** Once. */
    private void end(HubError why) {
      endLooks();
      Consumer<HubException> way = end;
      end = null;
      if (way != null) {
        way.accept(new HubException(why));
      }
    }

    private boolean endLooks() {
      ScheduledFuture<?> running = looks;
      return running != null && running.cancel(false);
    }
  }
}
