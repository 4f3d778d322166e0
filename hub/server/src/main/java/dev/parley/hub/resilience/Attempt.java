package dev.parley.hub.resilience;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import dev.parley.core.model.Priority;
import dev.parley.core.time.Clock;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on one target: waits for a permit, makes the call, holds it to its time limits and
 * gives the permit back exactly once, however it ends. A publisher for one subscriber; all state
 * belongs to the caller's event loop, {@code loop}, on which everything is signalled.
 *
 * @param <E> the events of the answer
 */
public final class Attempt<E> implements Flow.Publisher<E> {

  /**
   * What a call has to say where places are short.
   *
   * @param priority how urgent it is
   * @param caller among whom places are shared fairly; empty for callers without a key
   */
  public record Claim(Priority priority, String caller) {}

  private static final Duration RETRY_AFTER_MIN = Duration.ofSeconds(1);

  private final Bulkhead bulkhead;
  private final TimeLimits limits;
  private final Supplier<Flow.Publisher<E>> call;
  private final Function<E, Progress> progress;
  private final String backendId;
  private final Claim claim;
  private final ScheduledExecutorService loop;
  private final Clock clock;

  /**
   * @param call makes the adapter's publisher, once the permit is there; may throw a HubException
   * @param progress what an event means
   * @param backendId named in the error when its queue is full
   * @param loop the event loop of the caller's stream
   */
  public Attempt(
      Bulkhead bulkhead,
      TimeLimits limits,
      Supplier<Flow.Publisher<E>> call,
      Function<E, Progress> progress,
      String backendId,
      Claim claim,
      ScheduledExecutorService loop,
      Clock clock) {
    this.bulkhead = bulkhead;
    this.limits = limits;
    this.call = call;
    this.progress = progress;
    this.backendId = backendId;
    this.claim = claim;
    this.loop = loop;
    this.clock = clock;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super E> subscriber) {
    new Run(subscriber).start();
  }

  private enum Phase {
    QUEUED,
    /** Sent; not even a head came back. */
    SENT,
    /** The head came, and no output yet. */
    WAITING,
    ANSWERING,
    OVER
  }

  private final class Run implements Flow.Subscription, Flow.Subscriber<E>, Bulkhead.Waiter {

    private final Flow.Subscriber<? super E> subscriber;
    private final long startNanos = clock.nanoTime();
    private Phase phase = Phase.QUEUED;
    private boolean holdsPermit;
    private long demand;

    private long sentNanos;

    /** When the last sign of life came; the idle timer looks at it instead of being rearmed. */
    private long lastEventNanos;

    /** Whether the subscriber has asked for more: a slow reader's pause is not the backend's. */
    private boolean awaited;

    private Flow.@Nullable Subscription upstream;
    private @Nullable ScheduledFuture<?> timer;

    Run(Flow.Subscriber<? super E> subscriber) {
      this.subscriber = subscriber;
    }

    void start() {
      subscriber.onSubscribe(this);
      if (phase == Phase.OVER) {
        return;
      }
      long deadlineNanos = startNanos + least(limits.queue(), limits.total()).toNanos();
      switch (bulkhead.enter(this, claim.priority(), claim.caller(), startNanos, deadlineNanos)) {
        case ADMITTED -> {
          holdsPermit = true;
          send();
        }
        case QUEUED -> arm(least(limits.queue(), limits.total()), Stage.QUEUE);
        case REFUSED -> turnedAway("the queue of backend " + backendId + " is full");
      }
    }

    private void turnedAway(String why) {
      Duration wait = bulkhead.expectedWait(claim.priority(), claim.caller());
      Duration retryAfter = wait.compareTo(RETRY_AFTER_MIN) < 0 ? RETRY_AFTER_MIN : wait;
      fail(new HubException(new HubError.Overloaded(why, retryAfter)));
    }

    @Override
    public boolean permitted() {
      try {
        loop.execute(this::takePermit);
        return true;
      } catch (RejectedExecutionException _) {
        // The loop has stopped, and with it the caller's connection: nobody waits here any more.
        return false;
      }
    }

    @Override
    public void displaced() {
      try {
        loop.execute(this::losePlace);
      } catch (RejectedExecutionException _) {
        // As above: nobody waits here any more, and there is no permit to give back.
      }
    }

    private void losePlace() {
      if (phase == Phase.QUEUED) {
        turnedAway("the queue of backend " + backendId + " is full of more urgent calls");
      }
    }

    private void takePermit() {
      if (phase == Phase.OVER) {
        bulkhead.exit();
        return;
      }
      holdsPermit = true;
      disarm();
      send();
    }

    private void send() {
      phase = Phase.SENT;
      sentNanos = clock.nanoTime();
      armNext();
      if (phase == Phase.OVER) {
        return;
      }
      try {
        call.get().subscribe(this);
      } catch (RuntimeException e) {
        onError(e);
      }
    }

    // From the adapter.

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      upstream = subscription;
      if (phase == Phase.OVER) {
        subscription.cancel();
      } else if (demand > 0) {
        awaited = true;
        subscription.request(demand);
      }
    }

    @Override
    public void onNext(E event) {
      if (phase == Phase.OVER) {
        return;
      }
      lastEventNanos = clock.nanoTime();
      if (demand != Long.MAX_VALUE) {
        demand--;
      }
      awaited = demand > 0;
      if (phase != Phase.ANSWERING) {
        advance(progress.apply(event));
        if (phase == Phase.OVER) {
          return;
        }
      }
      subscriber.onNext(event);
    }

    /** The timer stands at the limit of the phase before, which may lie far behind the next one. */
    private void advance(Progress seen) {
      Phase next =
          seen == Progress.HEAD || seen == Progress.NOTHING ? Phase.WAITING : Phase.ANSWERING;
      if (next != phase) {
        phase = next;
        disarm();
        armNext();
      }
    }

    @Override
    public void onError(Throwable failure) {
      if (phase != Phase.OVER) {
        fail(failure);
      }
    }

    @Override
    public void onComplete() {
      if (phase != Phase.OVER) {
        over();
        subscriber.onComplete();
      }
    }

    // From the caller's side.

    @Override
    public void request(long n) {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      if (!awaited) {
        awaited = true;
        lastEventNanos = clock.nanoTime();
      }
      if (upstream != null) {
        upstream.request(n);
      }
    }

    @Override
    public void cancel() {
      if (phase != Phase.OVER) {
        over();
        if (upstream != null) {
          upstream.cancel();
        }
      }
    }

    // Time.

    private void armNext() {
      long now = clock.nanoTime();
      long totalLeft = limits.total().toNanos() - (now - startNanos);
      long phaseLeft = limit().toNanos() - (now - sinceNanos(now));
      if (totalLeft <= 0) {
        late(Stage.TOTAL, limits.total());
      } else if (phaseLeft <= 0) {
        late(stage(), limit());
      } else {
        timer =
            loop.schedule(this::timerFired, Math.min(totalLeft, phaseLeft), TimeUnit.NANOSECONDS);
      }
    }

    private Duration limit() {
      return switch (phase) {
        case QUEUED, OVER -> limits.total();
        // A head that may come later than the first byte is no limit at all.
        case SENT ->
            limits.headers().compareTo(limits.firstByte()) < 0
                ? limits.headers()
                : limits.firstByte();
        case WAITING -> limits.firstByte();
        case ANSWERING -> limits.idle();
      };
    }

    private long sinceNanos(long now) {
      return phase == Phase.ANSWERING ? (awaited ? lastEventNanos : now) : sentNanos;
    }

    private Stage stage() {
      return switch (phase) {
        case QUEUED -> Stage.QUEUE;
        case SENT ->
            limits.headers().compareTo(limits.firstByte()) < 0 ? Stage.HEADERS : Stage.FIRST_BYTE;
        case WAITING -> Stage.FIRST_BYTE;
        case ANSWERING, OVER -> Stage.IDLE;
      };
    }

    private void timerFired() {
      if (phase != Phase.QUEUED && phase != Phase.OVER) {
        armNext();
      }
    }

    private void arm(Duration limit, Stage stage) {
      long left = limit.toNanos() - (clock.nanoTime() - startNanos);
      timer = loop.schedule(() -> late(stage, limit), Math.max(0, left), TimeUnit.NANOSECONDS);
    }

    private void disarm() {
      if (timer != null) {
        timer.cancel(false);
        timer = null;
      }
    }

    private void late(Stage stage, Duration limit) {
      if (phase != Phase.OVER) {
        fail(new HubException(new HubError.DeadlineExceeded(stage, limit)));
      }
    }

    private static Duration least(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? one : other;
    }

    // The end.

    private void fail(Throwable failure) {
      Flow.Subscription from = upstream;
      over();
      if (from != null) {
        from.cancel();
      }
      subscriber.onError(failure);
    }

    private void over() {
      Phase before = phase;
      phase = Phase.OVER;
      disarm();
      if (holdsPermit) {
        holdsPermit = false;
        bulkhead.exit(clock.nanoTime() - sentNanos);
      } else if (before == Phase.QUEUED) {
        // A permit that is already on its way is given back when it arrives.
        bulkhead.leaveQueue(this);
      }
    }
  }
}
