package dev.parley.adapters.http;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events of an exchange that can be made only after a question was answered, and that may have to
 * be made in another way when the server refuses the first before anything came of it.
 */
public final class Guided<E> implements Flow.Publisher<E> {

  private final BackendClient client;
  private final Supplier<CompletableFuture<Flow.Publisher<E>>> question;
  private final Function<HubError, Optional<Flow.Publisher<E>>> otherwise;
  private final AtomicBoolean used = new AtomicBoolean();

  /**
   * @param question asked when this is subscribed to; may throw a HubException
   * @param otherwise the other way after a failure, asked at most once; empty when there is none
   */
  public Guided(
      BackendClient client,
      Supplier<CompletableFuture<Flow.Publisher<E>>> question,
      Function<HubError, Optional<Flow.Publisher<E>>> otherwise) {
    this.client = client;
    this.question = question;
    this.otherwise = otherwise;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super E> subscriber) {
    if (!used.compareAndSet(false, true)) {
      Exchange.refuse(subscriber);
      return;
    }
    Guide guide = new Guide(subscriber, client.loop());
    subscriber.onSubscribe(guide);
    guide.onLoop(guide::ask);
  }

  /** Its state belongs to one loop, on which both exchanges are heard, too. */
  private final class Guide implements Flow.Subscription, Flow.Subscriber<E> {

    private final Flow.Subscriber<? super E> subscriber;
    private final EventLoop loop;
    private Flow.@Nullable Subscription upstream;
    private long demand;
    private boolean heard;
    private boolean rerouted;
    private boolean over;

    Guide(Flow.Subscriber<? super E> subscriber, EventLoop loop) {
      this.subscriber = subscriber;
      this.loop = loop;
    }

    private void onLoop(Runnable task) {
      if (loop.inEventLoop()) {
        task.run();
      } else {
        loop.execute(task);
      }
    }

    private void ask() {
      if (over) {
        return;
      }
      CompletableFuture<Flow.Publisher<E>> answer;
      try {
        answer = question.get();
      } catch (RuntimeException e) {
        answer = CompletableFuture.failedFuture(e);
      }
      var _ =
          answer.handle((way, failure) -> {
            onLoop(() -> go(way, failure));
            return null;
          });
    }

    private void go(Flow.@Nullable Publisher<E> way, @Nullable Throwable failure) {
      if (over) {
        return;
      }
      if (failure != null || way == null) {
        over = true;
        subscriber.onError(
            failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure);
      } else {
        way.subscribe(this);
      }
    }

    @Override
    public void request(long n) {
      onLoop(() -> {
        if (over) {
          return;
        }
        Flow.Subscription from = upstream;
        demand = n <= 0 ? n : demand + n < 0 ? Long.MAX_VALUE : demand + n;
        if (from != null) {
          from.request(n);
        } else if (n <= 0) {
          over = true;
          subscriber.onError(
              new IllegalArgumentException("request(" + n + ") (expected: more than 0)"));
        }
      });
    }

    @Override
    public void cancel() {
      onLoop(() -> {
        over = true;
        if (upstream != null) {
          upstream.cancel();
        }
      });
    }

    @Override
    public void onSubscribe(Flow.Subscription from) {
      upstream = from;
      if (over) {
        from.cancel();
      } else if (demand > 0) {
        from.request(demand);
      }
    }

    @Override
    public void onNext(E event) {
      heard = true;
      subscriber.onNext(event);
    }

    @Override
    public void onError(Throwable failure) {
      if (over) {
        return;
      }
      if (!heard && !rerouted && failure instanceof HubException known) {
        Optional<Flow.Publisher<E>> other = otherwise.apply(known.error());
        if (other.isPresent()) {
          rerouted = true;
          upstream = null;
          other.get().subscribe(this);
          return;
        }
      }
      over = true;
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      over = true;
      subscriber.onComplete();
    }
  }
}
