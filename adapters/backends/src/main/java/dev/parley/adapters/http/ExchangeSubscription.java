package dev.parley.adapters.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import dev.parley.core.model.Target;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The running half of an exchange: reads the backend's answer as fast as the subscriber asks for
 * events, no faster. All state belongs to one event loop; {@link #request} and {@link #cancel} may
 * be called from anywhere.
 */
final class ExchangeSubscription<E>
    implements Flow.Subscription, Subscriber<HttpObject>, BodyReader.Sink<E>, EventOutlet.Source {

  /** An error answer is read up to here; the rest says nothing that the start did not. */
  private static final int ERROR_BYTES_MAX = 64 * 1024;

  /** Sends the request; told the loop to do it on and whom to tell when it takes too long. */
  @FunctionalInterface
  interface Send {
    HttpResponse on(EventLoop loop, Runnable onLate);
  }

  /** How long a whole answer waits for its end mark, and a finished one for its connection. */
  private static final long GRACE_MILLIS = 2_000;

  private final BackendClient client;
  private final Target target;
  private final BodyReader<E> reader;
  private final EventLoop loop;
  private final EventOutlet<E> outlet;

  private boolean bodyOver;
  private boolean reading;
  private boolean headSeen;
  private HubError.Reached reached = HubError.Reached.NOBODY;
  private @Nullable HttpResponse response;
  private @Nullable Subscription upstream;
  private @Nullable ResponseHeaders errorHead;
  private @Nullable ByteArrayOutputStream errorBody;
  private @Nullable ScheduledFuture<?> grace;

  ExchangeSubscription(
      BackendClient client,
      Target target,
      BodyReader<E> reader,
      Flow.Subscriber<? super E> subscriber) {
    this.client = client;
    this.target = target;
    this.reader = reader;
    this.outlet = new EventOutlet<>(subscriber, this);
    this.loop = client.loop();
  }

  void start(Flow.Subscriber<? super E> subscriber, Send send) {
    client.exchangeStarted();
    subscriber.onSubscribe(this);
    onLoop(() -> connect(send));
  }

  private void connect(Send send) {
    if (!outlet.isRunning()) {
      return;
    }
    try {
      HttpResponse sent = send.on(loop, this::uploadLate);
      response = sent;
      sent.subscribe(this, loop);
    } catch (RuntimeException e) {
      outlet.fail(TransportFailure.unsent(e, target));
    }
  }

  /** A backend that answers while it reads has its say; how long it may take is not told here. */
  private void uploadLate() {
    if (!headSeen) {
      Duration limit = client.limits().write();
      outlet.fail(new HubException(new HubError.DeadlineExceeded(Stage.WRITE, limit)));
    }
  }

  private void onLoop(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  // What the subscriber says.

  @Override
  public void request(long n) {
    onLoop(() -> outlet.request(n));
  }

  @Override
  public void cancel() {
    onLoop(() -> {
      if (outlet.abandon()) {
        ended(true);
      }
    });
  }

  // What the backend says.

  @Override
  public void onSubscribe(Subscription subscription) {
    upstream = subscription;
    if (outlet.isDone()) {
      subscription.cancel();
    } else {
      readMore();
    }
  }

  @Override
  public void onNext(HttpObject object) {
    reading = false;
    guarded(() -> {
      if (object instanceof ResponseHeaders headers) {
        head(headers);
      } else if (object instanceof HttpData data) {
        body(data);
      }
    });
  }

  @Override
  public void onComplete() {
    bodyOver = true;
    guarded(() -> {
      throwErrorAnswer();
      if (!headSeen) {
        throw TransportFailure.incomplete(target);
      }
      reader.end(this);
    });
  }

  /** A status that arrived says more than a body that did not. */
  @Override
  public void onError(Throwable cause) {
    bodyOver = true;
    guarded(() -> {
      throwErrorAnswer();
      throw TransportFailure.toHub(cause, target, client.limits(), reached);
    });
  }

  /** Whatever goes wrong while an answer is read ends the exchange; what was read before stays. */
  private void guarded(Runnable step) {
    if (!outlet.isRunning()) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException e) {
      outlet.fail(TransportFailure.unreadable(e, target));
      return;
    }
    outlet.drain();
  }

  private void head(ResponseHeaders headers) {
    reached = HubError.Reached.BACKEND;
    if (headers.status().isInformational()) {
      return;
    }
    headSeen = true;
    if (headers.status().isSuccess()) {
      String contentType = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
      if (contentType.toLowerCase(Locale.ROOT).startsWith("text/html")) {
        throw TransportFailure.webPage(target);
      }
      reader.opened(headers, this);
    } else {
      errorHead = headers;
      errorBody = new ByteArrayOutputStream();
    }
  }

  private void body(HttpData data) {
    byte[] bytes = data.array();
    ByteArrayOutputStream error = errorBody;
    if (error == null) {
      reader.read(bytes, 0, bytes.length, this);
      return;
    }
    error.write(bytes, 0, Math.min(bytes.length, ERROR_BYTES_MAX - error.size()));
    if (error.size() == ERROR_BYTES_MAX) {
      throwErrorAnswer();
    }
  }

  /** Does nothing when the backend did not answer with an error status. */
  private void throwErrorAnswer() {
    ResponseHeaders error = errorHead;
    if (error != null && errorBody != null) {
      throw new HubException(BackendFailures.classify(target, error, errorBody.toByteArray()));
    }
  }

  // What the reader found.

  @Override
  public void event(E event) {
    outlet.add(event);
  }

  @Override
  public void nearlyComplete() {
    if (grace == null) {
      grace = loop.schedule(this::graceOver, GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** A subscriber that is slow to ask holds back what the backend may long have sent. */
  private void graceOver() {
    grace = null;
    if (!outlet.isRunning()) {
      return;
    }
    if (reading) {
      complete();
      outlet.drain();
    } else {
      nearlyComplete();
    }
  }

  @Override
  public void complete() {
    outlet.complete();
  }

  // What the outlet asks for.

  @Override
  public void readMore() {
    Subscription from = upstream;
    if (from != null && !reading && !bodyOver) {
      reading = true;
      from.request(1);
    }
  }

  @Override
  public void ended(boolean failed) {
    if (grace != null) {
      grace.cancel(false);
    }
    if (!failed) {
      letGo();
    } else if (response != null) {
      response.abort();
    }
    client.exchangeEnded();
  }

  /** The answer is whole but its body may have a few bytes left: read them, keep the connection. */
  private void letGo() {
    HttpResponse rest = response;
    Subscription from = upstream;
    if (bodyOver || rest == null || from == null) {
      return;
    }
    from.request(Long.MAX_VALUE);
    var abort = loop.schedule(() -> rest.abort(), GRACE_MILLIS, TimeUnit.MILLISECONDS);
    var _ = rest.whenComplete().handle((_, _) -> abort.cancel(false));
  }
}
