package dev.parley.hub.dispatch;

import dev.parley.core.error.HubException;
import dev.parley.core.model.TokenUsage;
import dev.parley.hub.flow.Later;
import dev.parley.hub.limits.Demand;
import dev.parley.hub.limits.Limits;
import dev.parley.hub.limits.Reservation;
import dev.parley.hub.telemetry.CallEnd;
import dev.parley.hub.telemetry.CallRecord;
import dev.parley.hub.telemetry.RequestVisit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What every call has around it: before it runs, what it is thought to take is reserved; when it
 * ends, in whatever way, that is settled by what it took, priced, and told to whoever listens.
 * Thread-safe; each call belongs to its event loop.
 */
public final class Accounting {

  private final Limits limits;
  private final Tariff tariff;
  private final CallEnd ended;

  public Accounting(Limits limits, Tariff tariff, CallEnd ended) {
    this.limits = limits;
    this.tariff = tariff;
    this.ended = ended;
  }

  /**
   * The call, once there is room for it; without, it fails as {@link Limits} says.
   *
   * @param demand what it is thought to take
   * @param loop the caller's event loop, on which everything is signalled
   */
  public <E> Flow.Publisher<E> around(
      CallRecord record, Demand demand, ScheduledExecutorService loop, Flow.Publisher<E> call) {
    return subscriber -> new Accounted<E>(subscriber, record, demand, loop, call).begin();
  }

  /** A part of a call ended that has a record of its own, and no reservation. */
  public void ended(CallRecord record, String outcome) {
    var _ = took(record, Demand.of(record.call().model()), outcome);
    ended.ended(record, outcome);
  }

  private Demand priced(Demand demand) {
    return demand.withCost(tariff.guess(demand));
  }

  /** Notes what nobody counted, prices the whole, and returns what the call took. */
  private Demand took(CallRecord record, Demand guess, String outcome) {
    if (record.isCached()) {
      record.costMicros(0);
      return Demand.of(guess.model());
    }
    TokenUsage usage = record.usage();
    if (usage == null && guess.tokens() > 0 && record.events() > 0) {
      // A delta is about a token; whoever counts too many is put right by no backend.
      long output = record.events();
      usage =
          new TokenUsage(guess.inputTokens(), output, guess.inputTokens() + output, -1, -1, -1, -1);
      record.guess(usage);
    }
    Demand used =
        new Demand(
            guess.model(),
            usage == null ? 0 : input(usage),
            usage == null ? 0 : Math.max(0, usage.completion()),
            Math.max(0, record.audioMillis()),
            record.audioMillis() >= 0 || record.events() > 0 ? Math.max(0, record.characters()) : 0,
            0);
    boolean answered = record.events() > 0 || outcome.equals(Outcomes.OK);
    tariff.of(record, used, answered).ifPresent(record::costMicros);
    return used.withCost(Math.max(0, record.costMicros()));
  }

  private static long input(TokenUsage usage) {
    return usage.prompt() >= 0
        ? usage.prompt()
        : Math.max(0, usage.total() - Math.max(0, usage.completion()));
  }

  private final class Accounted<E> implements Flow.Subscriber<E>, Flow.Subscription {

    private final Flow.Subscriber<? super E> subscriber;
    private final CallRecord record;
    private final Demand demand;
    private final ScheduledExecutorService loop;
    private final Flow.Publisher<E> call;
    private @Nullable Reservation reservation;
    private final Later upstream = new Later();
    private boolean subscribed;
    private boolean over;

    Accounted(
        Flow.Subscriber<? super E> subscriber,
        CallRecord record,
        Demand demand,
        ScheduledExecutorService loop,
        Flow.Publisher<E> call) {
      this.subscriber = subscriber;
      this.record = record;
      this.demand = priced(demand);
      this.loop = loop;
      this.call = call;
    }

    void begin() {
      RequestVisit visit = record.visit();
      if (visit != null) {
        visit.began();
      }
      CompletableFuture<Reservation> reserving = limits.reserve(record.call().caller(), demand);
      if (reserving.isDone() && !reserving.isCompletedExceptionally()) {
        run(reserving.resultNow());
        return;
      }
      subscribe();
      var _ =
          reserving.whenComplete((made, failure) -> {
            try {
              loop.execute(() -> reserved(made, failure));
            } catch (RejectedExecutionException _) {
              if (made != null) {
                made.settle(Demand.of(demand.model()));
              }
            }
          });
    }

    private void reserved(@Nullable Reservation made, @Nullable Throwable failure) {
      if (made == null) {
        onError(failure == null ? new IllegalStateException("no reservation") : failure);
      } else if (over) {
        made.settle(Demand.of(demand.model()));
      } else {
        run(made);
      }
    }

    private void run(Reservation made) {
      reservation = made;
      try {
        call.subscribe(this);
      } catch (RuntimeException e) {
        subscribe();
        onError(e);
      }
    }

    private void subscribe() {
      if (!subscribed) {
        subscribed = true;
        subscriber.onSubscribe(this);
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      upstream.is(subscription);
      subscribe();
    }

    @Override
    public void onNext(E event) {
      subscriber.onNext(event);
    }

    @Override
    public void onError(Throwable failure) {
      if (over) {
        return;
      }
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() instanceof HubException hub
              ? hub
              : failure;
      close(Outcomes.of(cause));
      subscriber.onError(cause);
    }

    @Override
    public void onComplete() {
      if (over) {
        return;
      }
      close(Outcomes.OK);
      subscriber.onComplete();
    }

    @Override
    public void request(long n) {
      upstream.request(n);
    }

    @Override
    public void cancel() {
      close(cutOff());
      upstream.cancel();
    }

    /** Nobody asks for more: the caller left, or the hub refused what came after the begin. */
    private String cutOff() {
      RequestVisit visit = record.visit();
      return visit == null ? Outcomes.CANCELLED : visit.stopped().orElse(Outcomes.CANCELLED);
    }

    private void close(String outcome) {
      if (over) {
        return;
      }
      over = true;
      Demand used = took(record, demand, outcome);
      Reservation made = reservation;
      if (made != null) {
        made.settle(used);
      }
      ended.ended(record, outcome);
      RequestVisit visit = record.visit();
      if (visit != null) {
        visit.over(record, outcome);
      }
    }
  }
}
