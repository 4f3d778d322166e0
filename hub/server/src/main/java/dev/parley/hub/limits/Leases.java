package dev.parley.hub.limits;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Places that calls hold while they run. Thread-safe and never waits. */
interface Leases extends AutoCloseable {

  /** What became of asking for places. */
  sealed interface Leased {}

  /** All are taken; to be freed once. */
  @FunctionalInterface
  non-sealed interface Held extends Leased {
    /** Gives them up. Any thread; never waits. */
    void free();
  }

  /** This one has no room, and none was taken. */
  record Full(Place place) implements Leased {}

  /**
   * Takes one of each, or none.
   *
   * @param places at least one
   */
  CompletableFuture<Leased> take(List<Place> places);

  @Override
  void close();
}
