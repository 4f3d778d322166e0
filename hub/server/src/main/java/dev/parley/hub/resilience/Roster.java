package dev.parley.hub.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of one call, with what the call has been through on each: says where the next
 * attempt goes, or how long to wait for it. Belongs to one event loop.
 */
final class Roster {

  /** More attempts than this would be a fault of the operator's, not an answer. */
  static final int ATTEMPTS_MAX = 12;

  /** How often one call asks a breaker to let it through. */
  private static final int REFUSALS_MAX = 64;

  /** A target that works again is noticed by those who wait for it within about twice this. */
  private static final long REFUSED_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final int REFUSED_DOUBLINGS_MAX = 2;

  /** What a target means to a call that asks for its leave. */
  private enum Hope {
    ONE_OF_SEVERAL,
    LAST
  }

  /** One candidate of one call. */
  static final class Slot {
    private final Candidate candidate;
    private int tries;
    private int refusals;
    private boolean out;
    private boolean busy;
    private long readyNanos;
    private long waitedNanos;

    private Slot(Candidate candidate, long readyNanos) {
      this.candidate = candidate;
      this.readyNanos = readyNanos;
    }

    Candidate candidate() {
      return candidate;
    }

    int tries() {
      return tries;
    }

    private boolean isFree(long now) {
      return !out && !busy && readyNanos - now <= 0;
    }
  }

  /** Where a call goes next. */
  sealed interface Choice {
    /** To this candidate, with its target's leave. */
    record Go(Slot slot, Permit permit) implements Choice {}

    /** Nowhere for now. */
    record Wait(Slot slot, long nanos) implements Choice {}

    /** Nowhere any more. */
    record Nowhere() implements Choice {}
  }

  private static final Choice NOWHERE = new Choice.Nowhere();

  private final List<Slot> slots;
  private final RandomGenerator random;
  private @Nullable Slot preferred;
  private int attempts;

  Roster(List<Candidate> candidates, RandomGenerator random, long now) {
    this.random = random;
    this.slots = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      slots.add(new Slot(candidate, now + candidate.health().restNanos(now)));
    }
  }

  /** All of them, in the order of the plan. */
  List<Slot> slots() {
    return slots;
  }

  /**
   * Chooses, and takes the target's leave; {@code leftNanos} is what is left of the call's time.
   */
  Choice next(long now, long leftNanos) {
    if (attempts >= ATTEMPTS_MAX) {
      return NOWHERE;
    }
    Slot again = preferred;
    if (again != null && !again.out) {
      return again.readyNanos - now > 0
          ? waitFor(again, now, leftNanos)
          : goOrNext(again, now, leftNanos);
    }
    return first(now, leftNanos);
  }

  private Choice goOrNext(Slot slot, long now, long leftNanos) {
    preferred = null;
    Choice.Go go = enter(slot, now, Hope.ONE_OF_SEVERAL);
    return go != null ? go : first(now, leftNanos);
  }

  /** Breakers that refuse are asked once more when there is nowhere else to go. */
  private Choice first(long now, long leftNanos) {
    for (Hope hope : Hope.values()) {
      for (Slot slot : slots) {
        if (slot.isFree(now)) {
          Choice.Go go = enter(slot, now, hope);
          if (go != null) {
            return go;
          }
        }
      }
    }
    return waitForSoonest(now, leftNanos);
  }

  private Choice waitForSoonest(long now, long leftNanos) {
    Slot soonest = null;
    for (Slot slot : slots) {
      if (slot.isFree(now)) {
        refused(slot, now);
      }
      if (!slot.out
          && !slot.busy
          && (soonest == null || slot.readyNanos - soonest.readyNanos < 0)) {
        soonest = slot;
      }
    }
    return soonest == null ? NOWHERE : waitFor(soonest, now, leftNanos);
  }

  private void refused(Slot slot, long now) {
    int doublings = Math.min(slot.refusals, REFUSED_DOUBLINGS_MAX);
    slot.refusals++;
    slot.out = slot.refusals > REFUSALS_MAX;
    long pause = REFUSED_PAUSE_NANOS << doublings;
    slot.readyNanos = now + pause / 2 + random.nextLong(pause);
  }

  private Choice waitFor(Slot slot, long now, long leftNanos) {
    long nanos = Math.max(1, slot.readyNanos - now);
    long waited = slot.waitedNanos + nanos;
    if (waited <= slot.candidate.retry().waitMax().toNanos() && nanos < leftNanos) {
      slot.waitedNanos = waited;
      return new Choice.Wait(slot, nanos);
    }
    slot.out = true;
    preferred = null;
    return first(now, leftNanos);
  }

  /** Null when the target may not be called now. */
  private Choice.@Nullable Go enter(Slot slot, long now, Hope hope) {
    Candidate candidate = slot.candidate;
    Permit permit =
        switch (hope) {
          case ONE_OF_SEVERAL -> candidate.health().admit(now);
          case LAST -> candidate.health().admitAsLastHope(now);
        };
    if (!permit.isGranted()) {
      return null;
    }
    if (slot.tries > 0 && !candidate.backend().retryBudget().tryRetry(now)) {
      candidate.health().abandoned(now, permit);
      slot.out = true;
      return null;
    }
    if (slot.tries == 0) {
      candidate.backend().retryBudget().called(now);
    }
    slot.tries++;
    slot.busy = true;
    attempts++;
    return new Choice.Go(slot, permit);
  }

  /** Takes the target's leave for a broken answer; null when it may not be called now. */
  Choice.@Nullable Go enter(Slot slot, long now) {
    return enter(slot, now, Hope.ONE_OF_SEVERAL);
  }

  /** Whether a broken answer may be taken up there now; an answer that breaks is not waited for. */
  boolean mayResume(Slot slot, long now) {
    return attempts < ATTEMPTS_MAX && slot.isFree(now);
  }

  /** Another candidate for a second attempt beside a running one; null when none is ready. */
  Choice.@Nullable Go beside(long now) {
    for (Slot slot : slots) {
      if (slot.isFree(now) && slot.tries == 0) {
        Choice.Go go = enter(slot, now);
        if (go != null) {
          return go;
        }
      }
    }
    return null;
  }

  /** Whether the call could go on somewhere if its attempt on this candidate failed. */
  boolean hasOther(Slot than, long now) {
    for (Slot slot : slots) {
      boolean ready = !slot.out && slot.readyNanos - now <= 0;
      if (slot != than && ready && slot.candidate.health().leftAloneNanos(now) == 0) {
        return true;
      }
    }
    return false;
  }

  /** An attempt failed; notes what that means for the further ones. */
  void failed(Slot slot, Verdict verdict, long now) {
    slot.busy = false;
    preferred = null;
    RetrySettings retry = slot.candidate.retry();
    switch (verdict.then()) {
      case GIVE_UP -> slots.forEach(other -> other.out = true);
      case ELSEWHERE, REFUSED -> slot.out = true;
      case LARGER -> keepLarger(slot);
      case AGAIN -> {
        int tries = hasOther(slot, now) ? retry.tries() : retry.triesAlone();
        slot.readyNanos = now + retry.backoff().delay(slot.tries, random).toNanos();
        if (slot.tries >= tries) {
          slot.out = true;
        } else {
          preferred = slot;
        }
      }
      case LATER -> {
        slot.out = slot.tries >= retry.triesAlone();
        slot.readyNanos =
            now
                + Math.max(
                    verdict.rest().toNanos(), retry.backoff().delay(slot.tries, random).toNanos());
      }
    }
  }

  /** Too long for one model is too long for all that are not known to take more. */
  private void keepLarger(Slot tooSmall) {
    OptionalInt small = tooSmall.candidate.context();
    for (Slot slot : slots) {
      OptionalInt context = slot.candidate.context();
      boolean same = slot.candidate.target().model().equals(tooSmall.candidate.target().model());
      boolean larger =
          context.isPresent()
              && (small.isPresent() ? context.getAsInt() > small.getAsInt() : !same);
      slot.out = slot.out || !larger;
    }
    tooSmall.out = true;
  }

  /** The attempt on this candidate was given up for another. */
  void released(Slot slot) {
    slot.busy = false;
  }

  int attempts() {
    return attempts;
  }

  /** How long until the first of them may be called again. */
  long leftAloneNanos(long now) {
    long least = Long.MAX_VALUE;
    for (Slot slot : slots) {
      least = Math.min(least, slot.candidate.health().leftAloneNanos(now));
    }
    return least;
  }
}
