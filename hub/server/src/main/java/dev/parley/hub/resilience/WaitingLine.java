package dev.parley.hub.resilience;

import dev.parley.core.model.Priority;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, and who is next. Priorities share by stride scheduling: while all of them wait, of 21
 * who leave 16 are interactive, 4 standard and 1 batch, so that none is starved; one that comes
 * back after a pause gets its share from then on, and nothing for the pause. Not thread-safe; no
 * operation depends on how many wait.
 */
final class WaitingLine {

  private static final int WEIGHT_MAX = 16;

  private final IdentityHashMap<Bulkhead.Waiter, WaitingPlace> places = new IdentityHashMap<>();
  private final CallerTurns interactive = new CallerTurns(WEIGHT_MAX, WEIGHT_MAX);
  private final CallerTurns standard = new CallerTurns(4, WEIGHT_MAX);
  private final CallerTurns batch = new CallerTurns(1, WEIGHT_MAX);
  private final List<CallerTurns> byUrgency = List.of(interactive, standard, batch);

  /** How far the one had come that went last. */
  private long pass;

  private CallerTurns of(Priority priority) {
    return switch (priority) {
      case INTERACTIVE -> interactive;
      case STANDARD -> standard;
      case BATCH -> batch;
    };
  }

  /** Adds somebody who does not wait yet. */
  void add(Bulkhead.Waiter waiter, Priority priority, String caller) {
    WaitingPlace place = new WaitingPlace(waiter, priority, caller);
    if (places.putIfAbsent(waiter, place) != null) {
      throw new IllegalStateException("this waiter has a place in the queue already");
    }
    of(priority).add(place, pass);
  }

  /** Takes whoever is next; null when nobody waits. */
  Bulkhead.@Nullable Waiter poll() {
    CallerTurns next = null;
    for (CallerTurns turns : byUrgency) {
      if (!turns.isEmpty() && (next == null || turns.pass() < next.pass())) {
        next = turns;
      }
    }
    return next == null ? null : poll(next);
  }

  private Bulkhead.@Nullable Waiter poll(CallerTurns next) {
    pass = next.pass();
    WaitingPlace place = next.poll();
    if (place == null) {
      return null;
    }
    places.remove(place.waiter());
    return place.waiter();
  }

  /** Takes somebody out; false when he does not wait. */
  boolean remove(Bulkhead.Waiter waiter) {
    WaitingPlace place = places.remove(waiter);
    if (place == null) {
      return false;
    }
    of(place.priority()).remove(place);
    return true;
  }

  /** Takes out the newest of the lowest priority below this one; null when there is none below. */
  Bulkhead.@Nullable Waiter removeNewestBelow(Priority priority) {
    CallerTurns own = of(priority);
    for (CallerTurns lowest : byUrgency.reversed()) {
      if (lowest == own) {
        return null;
      }
      if (!lowest.isEmpty()) {
        WaitingPlace newest = lowest.newest();
        remove(newest.waiter());
        return newest.waiter();
      }
    }
    return null;
  }

  int size() {
    return places.size();
  }

  /** How many would go before a new call like this if nobody else came, about. */
  long before(Priority priority, String caller) {
    CallerTurns own = of(priority);
    long same = own.before(caller);
    long before = same;
    for (CallerTurns other : byUrgency) {
      if (other != own) {
        // What goes of another while this one moves on by so many, of those that wait now.
        long meanwhile = Math.ceilDiv((same + 1) * other.weight(), own.weight());
        before += Math.min(other.size(), meanwhile);
      }
    }
    return before;
  }
}
