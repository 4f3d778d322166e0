package dev.parley.hub.limits;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Places of this process. One that nobody holds takes no memory. */
final class MemoryLeases implements Leases {

  private final ConcurrentHashMap<String, Integer> running = new ConcurrentHashMap<>();

  @Override
  public CompletableFuture<Leased> take(List<Place> places) {
    for (int i = 0; i < places.size(); i++) {
      if (!take(places.get(i))) {
        free(places.subList(0, i));
        return CompletableFuture.completedFuture(new Full(places.get(i)));
      }
    }
    Held held = () -> free(places);
    return CompletableFuture.completedFuture(held);
  }

  private boolean take(Place place) {
    boolean[] taken = new boolean[1];
    running.compute(
        place.id(),
        (_, count) -> {
          int now = count == null ? 0 : count;
          taken[0] = now < place.most();
          return taken[0] ? Integer.valueOf(now + 1) : count;
        });
    return taken[0];
  }

  private void free(List<Place> places) {
    for (Place place : places) {
      running.computeIfPresent(place.id(), (_, count) -> count > 1 ? count - 1 : null);
    }
  }

  /** How many places are held by somebody. */
  int size() {
    return running.size();
  }

  @Override
  public void close() {}
}
