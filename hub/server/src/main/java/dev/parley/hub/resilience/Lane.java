package dev.parley.hub.resilience;

import dev.parley.core.model.Target;
import dev.parley.core.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of an execution while it runs: holds its events back until it is committed, passes
 * them on from then, and settles with its target, once, what came of it.
 */
final class Lane<E> implements Flow.Subscriber<E> {

  /** A stream that says so often that it is alive is. */
  private static final int HELD_MAX = 64;

  /** The execution that the attempt belongs to. */
  interface Owner<E> {

    Progress progress(E event);

    /** How long first output waits for the next; zero commits at once. */
    Duration holdBack(Lane<E> lane);

    ScheduledFuture<?> later(Runnable task, Duration delay);

    /** This attempt is the one that counts; gives the way to the caller. */
    Outlet<E> commit(Lane<E> lane);

    void completed(Lane<E> lane, AttemptReport report);

    void failed(Lane<E> lane, Throwable failure, AttemptReport report, Verdict verdict);
  }

  private final Owner<E> owner;
  private final Roster.Slot slot;
  private final AttemptReport.Reason reason;
  private final Repeatable repeatable;
  private final Clock clock;
  private final long startNanos;
  private final List<E> held = new ArrayList<>(2);
  private final Permit permit;
  private long sentNanos;
  private long outputNanos;
  private boolean over;
  private boolean settled;

  /** What was asked for and has not come; more than one only after the commit. */
  private boolean asked;

  private @Nullable Outlet<E> outlet;
  private Flow.@Nullable Subscription upstream;
  private @Nullable ScheduledFuture<?> holding;

  Lane(
      Owner<E> owner,
      Roster.Slot slot,
      Permit permit,
      AttemptReport.Reason reason,
      Repeatable repeatable,
      Clock clock) {
    this.owner = owner;
    this.slot = slot;
    this.permit = permit;
    this.reason = reason;
    this.repeatable = repeatable;
    this.clock = clock;
    this.startNanos = clock.nanoTime();
  }

  Roster.Slot slot() {
    return slot;
  }

  Target target() {
    return slot.candidate().target();
  }

  void sent(long now) {
    sentNanos = now;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    askForOne();
  }

  private void askForOne() {
    Flow.Subscription from = upstream;
    if (from != null && !asked) {
      asked = true;
      from.request(1);
    }
  }

  @Override
  public void onNext(E event) {
    Outlet<E> out = outlet;
    if (out != null) {
      out.next(event);
    } else if (!over) {
      asked = false;
      hold(event);
    }
  }

  private void hold(E event) {
    held.add(event);
    switch (owner.progress(event)) {
      case HEAD, NOTHING -> {
        if (held.size() >= HELD_MAX) {
          commit();
        } else {
          askForOne();
        }
      }
      case OUTPUT -> output();
      case LAST -> {
        noteOutput();
        commit();
      }
    }
  }

  /** The first waits a little for the second: a stream that dies at its start dies unseen. */
  private void output() {
    boolean first = outputNanos == 0;
    noteOutput();
    Duration wait = first ? owner.holdBack(this) : Duration.ZERO;
    if (wait.isZero()) {
      commit();
    } else {
      holding = owner.later(this::commit, wait);
      askForOne();
    }
  }

  private void noteOutput() {
    if (outputNanos == 0) {
      outputNanos = clock.nanoTime();
    }
  }

  private void commit() {
    Flow.Subscription from = upstream;
    if (over || outlet != null || from == null) {
      return;
    }
    stopHolding();
    settleWell();
    Outlet<E> out = owner.commit(this);
    outlet = out;
    List<E> first = List.copyOf(held);
    held.clear();
    out.connect(from, first, asked ? 1 : 0);
  }

  /** A target that gives output works; what breaks later is held against it all the same. */
  private void settleWell() {
    long now = clock.nanoTime();
    long firstByte = outputNanos == 0 ? now : outputNanos;
    slot.candidate().health().succeeded(now, permit, Math.max(0, (firstByte - sentNanos) / 1_000));
    settled = true;
  }

  @Override
  public void onComplete() {
    if (over) {
      return;
    }
    commit();
    over = true;
    owner.completed(this, report(AttemptReport.End.ANSWERED, null));
  }

  @Override
  public void onError(Throwable failure) {
    if (over) {
      return;
    }
    over = true;
    stopHolding();
    Verdict verdict = Verdict.of(failure, sentNanos != 0, repeatable);
    settleBadly(verdict);
    owner.failed(this, failure, report(AttemptReport.End.FAILED, failure), verdict);
  }

  private void settleBadly(Verdict verdict) {
    long now = clock.nanoTime();
    TargetState health = slot.candidate().health();
    switch (verdict.blame()) {
      case FAILED -> health.failed(now, permit);
      case BUSY -> health.busy(now, permit, verdict.rest());
      case NONE -> abandon(now);
    }
    settled = true;
  }

  private void abandon(long now) {
    if (!settled) {
      slot.candidate().health().abandoned(now, permit);
    }
  }

  /** Nobody wants this attempt any more. */
  AttemptReport giveUp() {
    over = true;
    stopHolding();
    abandon(clock.nanoTime());
    Flow.Subscription from = upstream;
    if (from != null) {
      from.cancel();
    }
    return report(AttemptReport.End.GIVEN_UP, null);
  }

  private void stopHolding() {
    if (holding != null) {
      holding.cancel(false);
      holding = null;
    }
  }

  private AttemptReport report(AttemptReport.End end, @Nullable Throwable failure) {
    return new AttemptReport(
        target(), reason, end, failure, startNanos, sentNanos, outputNanos, clock.nanoTime());
  }
}
