package dev.parley.adapters.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.core.error.HubException;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The running half of an exchange: reads the backend's answer as fast as the subscriber asks for
 * events, no faster. All state belongs to one event loop; {@link #request} and {@link #cancel} may
 * be called from anywhere.
 */
final class ExchangeSubscription
    implements Flow.Subscription, Subscriber<HttpObject>, BodyReader.Sink {

  /** An error answer is read up to here; the rest says nothing that the start did not. */
  private static final int ERROR_BYTES_MAX = 64 * 1024;

  /** How long a whole answer waits for its end mark, and a finished one for its connection. */
  private static final long GRACE_MILLIS = 2_000;

  private enum State {
    RUNNING,
    /** The end is known; delivered as soon as the queued events are. */
    ENDING,
    DONE
  }

  private final BackendClient client;
  private final Target target;
  private final BodyReader reader;
  private final Flow.Subscriber<? super DocumentEvent> subscriber;
  private final EventLoop loop;

  /** At most what one read of the connection yields: the answer's head and one batch of deltas. */
  private final ArrayDeque<DocumentEvent> queue = new ArrayDeque<>(2);

  private State state = State.RUNNING;
  private boolean bodyOver;
  private boolean reading;
  private long demand;
  private @Nullable Throwable failure;
  private @Nullable HttpResponse response;
  private @Nullable Subscription upstream;
  private @Nullable ResponseHeaders errorHead;
  private @Nullable ByteArrayOutputStream errorBody;
  private boolean headSeen;
  private @Nullable ScheduledFuture<?> grace;

  ExchangeSubscription(
      BackendClient client,
      Target target,
      BodyReader reader,
      Flow.Subscriber<? super DocumentEvent> subscriber) {
    this.client = client;
    this.target = target;
    this.reader = reader;
    this.subscriber = subscriber;
    this.loop = client.loop();
  }

  void start(Supplier<HttpResponse> send) {
    client.exchangeStarted();
    subscriber.onSubscribe(this);
    onLoop(() -> connect(send));
  }

  private void connect(Supplier<HttpResponse> send) {
    if (state == State.DONE) {
      return;
    }
    HttpResponse sent = send.get();
    response = sent;
    sent.subscribe(this, loop);
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
    onLoop(() -> {
      if (n <= 0) {
        fail(new IllegalArgumentException("request(" + n + ") (expected: more than 0)"));
        return;
      }
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      drain();
    });
  }

  @Override
  public void cancel() {
    onLoop(this::abandon);
  }

  private void abandon() {
    if (state == State.DONE) {
      return;
    }
    finished();
    if (response != null) {
      response.abort();
    }
  }

  // What the backend says.

  @Override
  public void onSubscribe(Subscription subscription) {
    upstream = subscription;
    if (state == State.DONE) {
      subscription.cancel();
      return;
    }
    readMore();
  }

  @Override
  public void onNext(HttpObject object) {
    reading = false;
    if (state != State.RUNNING) {
      return;
    }
    try {
      if (object instanceof ResponseHeaders headers) {
        head(headers);
      } else if (object instanceof HttpData data) {
        body(data);
      }
    } catch (RuntimeException e) {
      fail(e);
      return;
    }
    drain();
  }

  private void head(ResponseHeaders headers) {
    if (headers.status().isInformational()) {
      return;
    }
    headSeen = true;
    if (headers.status().isSuccess()) {
      String contentType = headers.get(HttpHeaderNames.CONTENT_TYPE);
      reader.opened(contentType == null ? "" : contentType);
      queue.add(new DocumentEvent.Opened(AnswerHeaders.worthKeeping(headers)));
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
    } else if (error.size() < ERROR_BYTES_MAX) {
      error.write(bytes, 0, Math.min(bytes.length, ERROR_BYTES_MAX - error.size()));
    }
  }

  @Override
  public void onComplete() {
    bodyOver = true;
    if (state != State.RUNNING) {
      return;
    }
    try {
      ResponseHeaders error = errorHead;
      if (error != null && errorBody != null) {
        throw new HubException(BackendFailures.classify(target, error, errorBody.toByteArray()));
      }
      if (!headSeen) {
        throw TransportFailure.incomplete(target);
      }
      reader.end(this);
    } catch (RuntimeException e) {
      fail(e);
      return;
    }
    drain();
  }

  @Override
  public void onError(Throwable cause) {
    bodyOver = true;
    if (state == State.RUNNING) {
      fail(TransportFailure.toHub(cause, target, client.spec().connectTimeout()));
    }
  }

  // What the reader found.

  @Override
  public void event(DocumentEvent event) {
    queue.add(event);
  }

  @Override
  public void nearlyComplete() {
    if (grace == null) {
      grace = loop.schedule(this::graceOver, GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void graceOver() {
    if (state == State.RUNNING) {
      complete();
      drain();
    }
  }

  @Override
  public void complete() {
    if (state == State.RUNNING) {
      state = State.ENDING;
    }
  }

  private void fail(Throwable cause) {
    if (state == State.RUNNING) {
      failure = cause;
      state = State.ENDING;
      drain();
    }
  }

  // Out to the subscriber, in order, as far as it asked.

  private void drain() {
    while (demand > 0 && !queue.isEmpty()) {
      if (demand != Long.MAX_VALUE) {
        demand--;
      }
      DocumentEvent event = queue.remove();
      subscriber.onNext(event);
      if (state == State.DONE) {
        return;
      }
    }
    if (queue.isEmpty()) {
      switch (state) {
        case RUNNING -> readMore();
        case ENDING -> terminate();
        case DONE -> {}
      }
    }
  }

  private void readMore() {
    Subscription from = upstream;
    if (from != null && !reading && !bodyOver) {
      reading = true;
      from.request(1);
    }
  }

  private void terminate() {
    Throwable cause = failure;
    finished();
    if (cause == null) {
      letGo();
      subscriber.onComplete();
    } else {
      if (response != null) {
        response.abort();
      }
      subscriber.onError(cause);
    }
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

  private void finished() {
    state = State.DONE;
    queue.clear();
    if (grace != null) {
      grace.cancel(false);
    }
    client.exchangeEnded();
  }
}
