package dev.parley.adapters.http;

import com.linecorp.armeria.client.websocket.WebSocketClient;
import com.linecorp.armeria.client.websocket.WebSocketSession;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.websocket.WebSocketFrame;
import com.linecorp.armeria.common.websocket.WebSocketFrameType;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import dev.parley.core.model.Target;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A WebSocket to a backend: texts go both ways. What is sent before it is open waits for that; how
 * much that is, is for the sender to bound. Thread-safe; its state belongs to one event loop.
 */
public final class Socket implements AutoCloseable {

  static final int MESSAGE_BYTES_MAX = 1 << 20;

  /** How long the other side may take to close, too. */
  private static final int GRACE_SECONDS = 2;

  private final BackendClient client;
  private final Target target;
  private final Listener listener;
  private final EventLoop loop;
  private final ArrayDeque<String> unsent = new ArrayDeque<>();
  private @Nullable WebSocketWriter writer;
  private @Nullable Subscription reading;
  private @Nullable ScheduledFuture<?> opening;
  private boolean over;

  /** Told what comes, on the socket's loop. */
  public interface Listener {

    /** A text. */
    void text(String text);

    /** The socket is no more, and nobody here closed it; the last call. */
    void failed(HubException failure);
  }

  Socket(BackendClient client, Target target, Listener listener) {
    this.client = client;
    this.target = target;
    this.listener = listener;
    this.loop = client.loop();
  }

  void connect(WebSocketClient sockets, String path, HttpHeaders headers) {
    client.exchangeStarted();
    Duration limit = client.askTimeout();
    onLoop(() -> {
      opening =
          loop.schedule(
              () -> fail(new HubException(new HubError.DeadlineExceeded(Stage.FIRST_BYTE, limit))),
              limit.toNanos(),
              TimeUnit.NANOSECONDS);
      var _ =
          sockets
              .connect(path, headers)
              .handle((session, failure) -> {
                onLoop(() -> opened(session, failure));
                return null;
              });
    });
  }

  private void opened(@Nullable WebSocketSession session, @Nullable Throwable failure) {
    if (session == null) {
      fail(hub(failure == null ? new IllegalStateException("no session") : failure));
      return;
    }
    WebSocketWriter out = session.outbound();
    if (over) {
      out.close();
      session.inbound().subscribe(new Reading(), loop);
      return;
    }
    disarm();
    writer = out;
    session.inbound().subscribe(new Reading(), loop);
    while (!unsent.isEmpty()) {
      var _ = out.tryWrite(unsent.remove());
    }
  }

  private HubException hub(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return TransportFailure.toHub(cause, target, client.limits(), HubError.Reached.NOBODY);
  }

  /** Sends a text, after those before it. */
  public void send(String text) {
    onLoop(() -> {
      WebSocketWriter out = writer;
      if (over) {
        return;
      }
      if (out == null) {
        unsent.add(text);
      } else {
        var _ = out.tryWrite(text);
      }
    });
  }

  private void fail(HubException failure) {
    if (leave()) {
      listener.failed(failure);
    }
  }

  private boolean leave() {
    if (over) {
      return false;
    }
    over = true;
    unsent.clear();
    disarm();
    if (writer != null) {
      writer.close();
    }
    Subscription open = reading;
    if (open != null) {
      // What is on its way is read and dropped: cut off, it would never be let go of.
      var _ = loop.schedule(open::cancel, GRACE_SECONDS, TimeUnit.SECONDS);
    }
    client.exchangeEnded();
    return true;
  }

  private void disarm() {
    if (opening != null) {
      opening.cancel(false);
    }
  }

  /** Closes it; the listener is told nothing any more. */
  @Override
  public void close() {
    onLoop(() -> {
      var _ = leave();
    });
  }

  private void onLoop(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  private final class Reading implements Subscriber<WebSocketFrame> {
    @Override
    public void onSubscribe(Subscription subscription) {
      reading = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(WebSocketFrame frame) {
      try (frame) {
        if (!over && frame.type() == WebSocketFrameType.TEXT) {
          listener.text(frame.text());
        }
      } catch (RuntimeException e) {
        fail(TransportFailure.unreadable(e, target));
      }
    }

    @Override
    public void onError(Throwable cause) {
      fail(hub(cause));
    }

    @Override
    public void onComplete() {
      fail(TransportFailure.incomplete(target));
    }
  }
}
