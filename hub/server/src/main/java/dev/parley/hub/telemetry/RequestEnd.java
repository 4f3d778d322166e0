package dev.parley.hub.telemetry;

/**
 * Hears of every request that is over, once, when its answer and its calls have ended; on an event
 * loop: it must not wait.
 */
public interface RequestEnd {

  /** A request is over. */
  void over(RequestVisit visit);

  /** Tells this one first, then {@code next}. */
  default RequestEnd then(RequestEnd next) {
    return visit -> {
      over(visit);
      next.over(visit);
    };
  }
}
