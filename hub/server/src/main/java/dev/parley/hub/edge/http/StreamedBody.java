package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import dev.parley.core.time.Clock;
import dev.parley.hub.dispatch.Outcomes;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.ErrorView;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that is sent while it is made. Nothing is sent before there is something to
 * say, so what fails until then is told as any error is; where the body has a place for it, a
 * caller who waits longer than the heartbeat is sent the head and a comment. What comes next is
 * asked for when the last has left, and a caller who does not read for {@link IdleLimit#DEFAULT} is
 * given up, as he holds a place that others wait for. Belongs to the request's event loop.
 */
public final class StreamedBody {

  /** The event that tells a failure has to be read before the body breaks. */
  private static final long ERROR_GRACE_MILLIS = 100;

  /** What stands around what is sent. For one answer. */
  public interface Frame {

    /** The headers, made when the first byte is there. */
    ResponseHeaders head();

    /** What stands before the first write. */
    default HttpData opening() {
      return HttpData.empty();
    }

    /** Tells a failure inside the body; empty when only breaking it off can. */
    Optional<HttpData> failure(ErrorView view);

    /** What is sent to who waits for long; empty when the body has no place for it. */
    Optional<HttpData> heartbeat();
  }

  private final Answer answer;
  private final Frame frame;
  private final long heartbeatNanos;
  private final Clock clock;
  private Flow.@Nullable Subscription source;
  private @Nullable HttpResponseWriter writer;
  private @Nullable ScheduledFuture<?> timer;
  private int unread;
  private @Nullable Runnable ending;
  private long lastWriteNanos;

  /**
   * Sends nothing yet.
   *
   * @param heartbeat silence after which a comment is sent
   */
  public StreamedBody(Answer answer, Frame frame, Duration heartbeat, Clock clock) {
    this.answer = answer;
    this.frame = frame;
    this.heartbeatNanos = heartbeat.toNanos();
    this.clock = clock;
    this.lastWriteNanos = clock.nanoTime();
  }

  /** What is sent comes from there; the first of it is asked for. */
  public void from(Flow.Subscription subscription) {
    source = subscription;
    answer.started(subscription);
    arm(heartbeatNanos);
    more();
  }

  /** Whether nobody waits for the body any more. */
  public boolean isOver() {
    return answer.isOver();
  }

  /** Asks for the next, as there was nothing to write. */
  public void more() {
    if (source != null && !answer.isOver()) {
      source.request(1);
    }
  }

  /** Sends the head and the opening, where they have not left yet. */
  public void begin() {
    var _ = opened();
  }

  /** Sends this, and asks for the next when it has left; sends nothing when it is empty. */
  public void write(HttpData data) {
    if (data.isEmpty()) {
      more();
      return;
    }
    HttpResponseWriter out = opened();
    if (!out.tryWrite(data)) {
      stop(ClosedStreamException.get());
      return;
    }
    awaitRead(out);
  }

  private void awaitRead(HttpResponseWriter out) {
    lastWriteNanos = clock.nanoTime();
    unread++;
    var _ = out.whenConsumed().thenRun(this::read);
  }

  private void read() {
    unread--;
    Runnable last = ending;
    if (last == null) {
      more();
    } else if (unread == 0) {
      disarm();
      last.run();
    }
  }

  /** Ends the body as it should end. */
  public void complete(HttpData closing) {
    if (answer.isOver()) {
      return;
    }
    HttpResponseWriter out = opened();
    if (!closing.isEmpty() && out.tryWrite(closing) && unread > 0) {
      awaitRead(out);
    }
    answer.over();
    end(out::close);
  }

  /** Ends the stream when what was sent before is read: then nothing can be held back any more. */
  private void end(Runnable last) {
    disarm();
    if (unread > 0) {
      ending = last;
      arm(heartbeatNanos);
    } else {
      last.run();
    }
  }

  /** Gives up: what was asked for is not wanted any more. */
  public void stop(Throwable failure) {
    if (failure instanceof HubException) {
      AccessLog.stopped(answer.ctx(), Outcomes.of(failure));
    }
    if (source != null && !answer.isOver()) {
      source.cancel();
    }
    failed(failure);
  }

  /** What the body is made from failed. */
  public void failed(Throwable failure) {
    if (answer.isOver()) {
      return;
    }
    HttpResponseWriter out = writer;
    if (out == null) {
      disarm();
      answer.failed(failure);
      return;
    }
    answer.over();
    // The body must not end as if it were whole. With the failure itself the server would log a
    // fault of its own.
    Runnable broken = () -> out.close(ClosedStreamException.get());
    Optional<HttpData> told = frame.failure(ErrorMapper.view(failure, RequestIds.of(answer.ctx())));
    if (told.isEmpty()) {
      end(broken);
      return;
    }
    var _ = out.tryWrite(told.get());
    // The event goes first: clients that meet a broken connection throw away what they have not
    // read yet.
    var _ =
        answer
            .ctx()
            .eventLoop()
            .schedule(() -> end(broken), ERROR_GRACE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private HttpResponseWriter opened() {
    HttpResponseWriter known = writer;
    if (known != null) {
      return known;
    }
    HttpResponseWriter opened = HttpResponse.streaming();
    writer = opened;
    opened.write(frame.head());
    HttpData opening = frame.opening();
    if (!opening.isEmpty()) {
      opened.write(opening);
    }
    answer.ready(opened);
    return opened;
  }

  // The timer looks at the last write instead of being set anew by each.

  private void arm(long delayNanos) {
    timer = answer.ctx().eventLoop().schedule(this::look, delayNanos, TimeUnit.NANOSECONDS);
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void look() {
    if (writer != null && writer.isComplete()) {
      return;
    }
    if (unread > 0) {
      // A comment behind what is not read would help nobody.
      long left = IdleLimit.DEFAULT.toNanos() - (clock.nanoTime() - lastWriteNanos);
      if (left <= 0) {
        giveUp();
      } else {
        arm(Math.min(left, heartbeatNanos));
      }
      return;
    }
    if (answer.isOver()) {
      return;
    }
    long quiet = clock.nanoTime() - lastWriteNanos;
    if (quiet < heartbeatNanos) {
      arm(heartbeatNanos - quiet);
    } else {
      Optional<HttpData> comment = frame.heartbeat();
      if (comment.isPresent() && opened().tryWrite(comment.get())) {
        lastWriteNanos = clock.nanoTime();
      }
      arm(heartbeatNanos);
    }
  }

  /** Nothing more is sent, and what stands before the end is not waited for. */
  private void giveUp() {
    if (!answer.isOver()) {
      stop(new HubException(new HubError.DeadlineExceeded(Stage.IDLE, IdleLimit.DEFAULT)));
    }
    opened().abort(ClosedStreamException.get());
    ServiceRequestContext ctx = answer.ctx();
    if (!ctx.sessionProtocol().isMultiplex()) {
      var _ = ctx.log().ensureAvailable(RequestLogProperty.SESSION).channel().close();
    }
  }
}
