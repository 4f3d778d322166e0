package dev.parley.hub.resilience;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import dev.parley.core.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one call, or one unit of it: makes attempts on its candidates, one after the other,
 * until one is committed by its first output, and hands on what that one gives. What failed before
 * the commit stays unseen; what fails after it is taken up elsewhere where that is wanted and
 * possible, else it fails the call. A publisher for one subscriber; all state belongs to the
 * caller's event loop, on which everything is signalled.
 *
 * @param <E> the events of the answer
 */
public final class Execution<E> implements Flow.Publisher<E> {

  /** How often a broken answer is taken up before its failure is told. */
  private static final int RESUMPTIONS_MAX = 3;

  private final Work<E> work;
  private final Job job;
  private final AttemptListener listener;
  private final ScheduledExecutorService loop;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * @param loop the event loop of the caller's stream
   * @param random draws the pauses between tries; thread-safe, or of this loop alone
   */
  public Execution(
      Work<E> work,
      Job job,
      AttemptListener listener,
      ScheduledExecutorService loop,
      Clock clock,
      RandomGenerator random) {
    this.work = work;
    this.job = job;
    this.listener = listener;
    this.loop = loop;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super E> subscriber) {
    new Run(subscriber).start(subscriber);
  }

  private final class Run implements Flow.Subscription, Lane.Owner<E> {

    private final Outlet<E> outlet;
    private final long startNanos = clock.nanoTime();
    private final Duration total;
    private final Roster roster;
    private final List<Lane<E>> running = new ArrayList<>(2);
    private @Nullable Lane<E> committed;
    private @Nullable Throwable firstFailure;

    /** The failure that broke the committed answer while it is being taken up elsewhere. */
    private @Nullable Throwable broken;

    private @Nullable ScheduledFuture<?> pause;
    private @Nullable ScheduledFuture<?> hedging;
    private Roster.@Nullable Slot waitingFor;
    private int resumptions;
    private boolean over;

    Run(Flow.Subscriber<? super E> subscriber) {
      this.outlet = new Outlet<>(subscriber);
      Duration usual = job.candidates().getFirst().limits().total();
      this.total = job.patience().compareTo(usual) < 0 ? job.patience() : usual;
      this.roster = new Roster(job.candidates(), random, startNanos);
    }

    void start(Flow.Subscriber<? super E> subscriber) {
      subscriber.onSubscribe(this);
      if (!over) {
        advance();
      }
    }

    // Before the commit.

    private void advance() {
      long now = clock.nanoTime();
      switch (roster.next(now, leftNanos(now))) {
        case Roster.Choice.Go(var slot, var permit) -> attempt(slot, permit);
        case Roster.Choice.Wait(var slot, long nanos) -> pauseFor(slot, nanos);
        case Roster.Choice.Nowhere() -> fail(exhausted(now));
      }
    }

    private void attempt(Roster.Slot slot, Permit permit) {
      AttemptReport.Reason reason =
          slot.tries() > 1 ? AttemptReport.Reason.RETRY : AttemptReport.Reason.FIRST;
      run(slot, permit, reason, () -> work.attempt(slot.candidate().target()));
      job.hedge().ifPresent(this::scheduleHedge);
    }

    private void run(
        Roster.Slot slot,
        Permit permit,
        AttemptReport.Reason reason,
        Supplier<Flow.Publisher<E>> call) {
      long left = leftNanos(clock.nanoTime());
      if (left <= 0) {
        slot.candidate().health().abandoned(clock.nanoTime(), permit);
        fail(new HubException(new HubError.DeadlineExceeded(Stage.TOTAL, total)));
        return;
      }
      Lane<E> lane = new Lane<>(this, slot, permit, reason, work.repeatable(), clock);
      running.add(lane);
      Candidate candidate = slot.candidate();
      new Attempt<>(
              candidate.backend().bulkhead(),
              candidate.limits().clippedTo(Duration.ofNanos(left)),
              () -> {
                long now = clock.nanoTime();
                lane.sent(now);
                listener.sent(candidate.target(), now);
                return call.get();
              },
              work::progress,
              candidate.target().backend(),
              new Attempt.Claim(job.priority(), job.caller()),
              loop,
              clock)
          .subscribe(lane);
    }

    private void pauseFor(Roster.Slot slot, long nanos) {
      if (!slot.candidate().backend().waiting().enter()) {
        fail(exhausted(clock.nanoTime()));
        return;
      }
      waitingFor = slot;
      pause = loop.schedule(this::pauseOver, nanos, TimeUnit.NANOSECONDS);
    }

    private void pauseOver() {
      leaveWaiting();
      if (!over) {
        advance();
      }
    }

    private void leaveWaiting() {
      pause = null;
      Roster.Slot slot = waitingFor;
      if (slot != null) {
        waitingFor = null;
        slot.candidate().backend().waiting().leave();
      }
    }

    private void scheduleHedge(Job.Hedge hedge) {
      if (hedging == null && !over && committed == null) {
        hedge.budget().called(clock.nanoTime());
        hedging = loop.schedule(() -> hedge(hedge), hedge.after().toNanos(), TimeUnit.NANOSECONDS);
      }
    }

    private void hedge(Job.Hedge hedge) {
      long now = clock.nanoTime();
      if (over || committed != null || running.size() != 1 || !hedge.budget().tryRetry(now)) {
        return;
      }
      Roster.Choice.Go beside = roster.beside(now);
      if (beside != null) {
        run(
            beside.slot(),
            beside.permit(),
            AttemptReport.Reason.HEDGE,
            () -> work.attempt(beside.slot().candidate().target()));
      }
    }

    // From the lanes.

    @Override
    public Progress progress(E event) {
      return work.progress(event);
    }

    @Override
    public Duration holdBack(Lane<E> lane) {
      return roster.hasOther(lane.slot(), clock.nanoTime()) ? job.holdBack() : Duration.ZERO;
    }

    @Override
    public ScheduledFuture<?> later(Runnable task, Duration delay) {
      return loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Outlet<E> commit(Lane<E> lane) {
      committed = lane;
      broken = null;
      disarm();
      for (Lane<E> other : List.copyOf(running)) {
        if (other != lane) {
          giveUp(other);
        }
      }
      listener.committed(lane.target(), clock.nanoTime());
      return outlet;
    }

    private void giveUp(Lane<E> lane) {
      running.remove(lane);
      roster.released(lane.slot());
      listener.ended(lane.giveUp());
    }

    @Override
    public void completed(Lane<E> lane, AttemptReport report) {
      running.remove(lane);
      over = true;
      listener.ended(report);
      outlet.end(null);
    }

    @Override
    public void failed(Lane<E> lane, Throwable failure, AttemptReport report, Verdict verdict) {
      running.remove(lane);
      listener.ended(report);
      long now = clock.nanoTime();
      if (committed == lane) {
        roster.released(lane.slot());
        committedBroke(failure, verdict);
      } else if (committed != null) {
        resumptionFailed(lane, verdict, now);
      } else {
        attemptFailed(lane, failure, verdict, now);
      }
    }

    private void attemptFailed(Lane<E> lane, Throwable failure, Verdict verdict, long now) {
      boolean earlier = firstFailure != null;
      roster.failed(lane.slot(), verdict, now);
      if (!earlier) {
        firstFailure = failure;
      }
      boolean final_ =
          switch (verdict.then()) {
            case GIVE_UP, LARGER -> true;
            // What the first target says of the call holds; of a stand-in one knows less.
            case REFUSED -> !earlier;
            case AGAIN, LATER, ELSEWHERE -> false;
          };
      if (final_) {
        firstFailure = failure;
      }
      boolean end = final_ && verdict.then() != Verdict.Then.LARGER;
      if (end) {
        List.copyOf(running).forEach(this::giveUp);
        fail(told(failure));
      } else if (running.isEmpty()) {
        advance();
      }
    }

    private Throwable exhausted(long now) {
      Throwable first = firstFailure;
      if (first != null) {
        return told(first);
      }
      List<String> tried =
          job.candidates().stream()
              .map(candidate -> candidate.target().backend())
              .distinct()
              .toList();
      long nanos = Math.clamp(roster.leftAloneNanos(now), 0, Duration.ofHours(1).toNanos());
      return new HubException(
          new HubError.NoHealthyBackend(job.model(), tried, Duration.ofNanos(nanos)));
    }

    /** An attempt gets what is left of the time; the caller is told the limit of the whole. */
    private Throwable told(Throwable failure) {
      return failure instanceof HubException known
              && known.error() instanceof HubError.DeadlineExceeded(var stage, _)
              && stage == Stage.TOTAL
          ? new HubException(new HubError.DeadlineExceeded(Stage.TOTAL, total))
          : failure;
    }

    // After the commit.

    private void committedBroke(Throwable failure, Verdict verdict) {
      outlet.disconnect();
      broken = failure;
      boolean wanted =
          job.resumption() == Job.Resumption.WHERE_POSSIBLE
              && switch (verdict.then()) {
                case AGAIN, LATER, ELSEWHERE -> true;
                case GIVE_UP, REFUSED, LARGER -> false;
              };
      if (wanted) {
        resume(clock.nanoTime());
      } else {
        failBroken();
      }
    }

    private void resumptionFailed(Lane<E> lane, Verdict verdict, long now) {
      roster.failed(lane.slot(), verdict, now);
      resume(now);
    }

    /** Other targets first; the one that broke may be well again by then. */
    private void resume(long now) {
      Lane<E> last = committed;
      if (resumptions < RESUMPTIONS_MAX && last != null) {
        resumptions++;
        for (Roster.Slot slot : roster.slots()) {
          if (slot != last.slot() && resumeOn(slot, now)) {
            return;
          }
        }
        if (resumeOn(last.slot(), now)) {
          return;
        }
      }
      failBroken();
    }

    private boolean resumeOn(Roster.Slot slot, long now) {
      if (!roster.mayResume(slot, now)) {
        return false;
      }
      Optional<Flow.Publisher<E>> rest = work.resume(slot.candidate().target());
      if (rest.isEmpty()) {
        return false;
      }
      Roster.Choice.Go go = roster.enter(slot, now);
      if (go == null) {
        return false;
      }
      run(slot, go.permit(), AttemptReport.Reason.RESUMPTION, rest::get);
      return true;
    }

    private void failBroken() {
      Throwable failure = broken;
      fail(withReach(failure == null ? new IllegalStateException("nothing broke") : failure));
    }

    /** Output has left: whoever repeats the call gets it twice. */
    private Throwable withReach(Throwable failure) {
      return failure instanceof HubException known
              && known.error() instanceof HubError.BackendFailed failed
          ? new HubException(
              new HubError.BackendFailed(
                  failed.target(),
                  failed.upstreamStatus(),
                  failed.detail(),
                  HubError.Reached.CALLER),
              known.getCause())
          : told(failure);
    }

    // From the caller.

    @Override
    public void request(long n) {
      if (n <= 0) {
        List.copyOf(running).forEach(this::giveUp);
        fail(new IllegalArgumentException("request(" + n + ") (expected: more than 0)"));
        return;
      }
      outlet.request(n);
    }

    @Override
    public void cancel() {
      if (over) {
        outlet.abandon();
        return;
      }
      over = true;
      disarm();
      outlet.abandon();
      List.copyOf(running).forEach(this::giveUp);
    }

    // The end.

    private void fail(Throwable failure) {
      if (!over) {
        over = true;
        disarm();
        outlet.end(failure);
      }
    }

    private void disarm() {
      if (pause != null) {
        pause.cancel(false);
        leaveWaiting();
      }
      if (hedging != null) {
        hedging.cancel(false);
      }
    }

    private long leftNanos(long now) {
      return total.toNanos() - (now - startNanos);
    }
  }
}
