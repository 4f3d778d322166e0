package dev.parley.hub.limits;

import dev.parley.core.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places on a server. Each is held until a time that is moved on while its call runs, so that a hub
 * that was killed keeps none.
 */
final class RunningLeases implements Leases {

  /** How long a place is held without a word from its hub. */
  static final Duration HELD = Duration.ofSeconds(30);

  /** How often a hub gives word. */
  static final Duration RENEWED_EVERY = Duration.ofSeconds(10);

  /** How long the end of a hub waits for the store. */
  private static final Duration FREEING_MAX = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(RunningLeases.class);

  /** Where places are written down. Thread-safe and never waits. */
  interface Book {

    /**
     * Takes one of each place, or none.
     *
     * @return the index of the place without room; -1 when all were taken
     */
    CompletableFuture<Integer> take(List<Place> places, String lease, long now, long until);

    /** Writes down places anew, also those that were lost. */
    CompletableFuture<?> renew(List<Running> running, long until);

    CompletableFuture<?> free(List<Running> over);
  }

  /** Places that a call holds. */
  record Running(String lease, List<Place> places) {}

  private final Book book;
  private final String hub;
  private final Clock clock;
  private final StoreWatch watch;
  private final AtomicLong last = new AtomicLong();
  private final ConcurrentHashMap<String, Running> running = new ConcurrentHashMap<>();

  /**
   * Places of one hub.
   *
   * @param hub like that of no other
   */
  RunningLeases(Book book, String hub, Clock clock, StoreWatch watch) {
    this.book = book;
    this.hub = hub;
    this.clock = clock;
    this.watch = watch;
  }

  @Override
  public CompletableFuture<Leased> take(List<Place> places) {
    String lease = hub + ":" + last.incrementAndGet();
    Running call = new Running(lease, List.copyOf(places));
    long now = clock.epochMillis();
    return book.take(places, lease, now, now + HELD.toMillis())
        .thenApply(full -> {
          if (full >= 0) {
            return new Full(places.get(full));
          }
          running.put(lease, call);
          Held held = () -> free(call);
          return held;
        });
  }

  private void free(Running call) {
    running.remove(call.lease());
    var _ = send(book.free(List.of(call)));
  }

  /** Says that all calls still run; completes when that is known, however it went. */
  CompletableFuture<?> renew() {
    List<Running> now = new ArrayList<>(running.values());
    if (now.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return send(
        book.renew(now, clock.epochMillis() + HELD.toMillis())
            .thenRun(() -> {
              // One that ended meanwhile was written down again.
              List<Running> over =
                  now.stream().filter(call -> !running.containsKey(call.lease())).toList();
              if (!over.isEmpty()) {
                var _ = send(book.free(over));
              }
            }));
  }

  private CompletableFuture<?> send(CompletableFuture<?> sent) {
    return sent.whenComplete((_, failure) -> {
      if (failure != null) {
        watch.failed(failure);
      }
    });
  }

  @Override
  public void close() {
    List<Running> left = List.copyOf(running.values());
    running.clear();
    if (!left.isEmpty()) {
      try {
        send(book.free(left)).get(FREEING_MAX.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        log.debug("places free themselves later", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
