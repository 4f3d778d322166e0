package dev.parley.hub.voice;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.store.BlockingTasks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shelf, opened by the first work on it, and after a failure by later work again. Thread-safe;
 * whoever brings work does not wait for it.
 */
final class LazyShelf implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LazyShelf.class);

  private static final int WORKING_MAX = 8;
  private static final int HELD_MAX = 1_000;

  /** How long a failure stands before the next try. */
  private static final Duration OPENING_PAUSE = Duration.ofSeconds(5);

  private final Optional<DatabaseConfig> database;
  private final Path data;
  private final Clock clock;
  private final BlockingTasks tasks =
      new BlockingTasks(WORKING_MAX, HELD_MAX, HELD_MAX + " calls wait for the voice library");

  /** Guards changes of the three below. */
  private final ReentrantLock opening = new ReentrantLock();

  private volatile @Nullable VoiceShelf shelf;
  private @Nullable HubException refusal;
  private long refusedNanos;

  /**
   * @param database empty: a file in {@code data}
   */
  LazyShelf(Optional<DatabaseConfig> database, Path data, Clock clock) {
    this.database = database;
    this.data = data;
    this.clock = clock;
  }

  /** Works on the shelf on a virtual thread. Fails with what that throws, or with Overloaded. */
  <T> CompletableFuture<T> run(Function<VoiceShelf, T> work) {
    return tasks.run(() -> work.apply(opened()));
  }

  /** How many voices there are; empty while nobody has looked. */
  OptionalInt count() {
    VoiceShelf there = shelf;
    int known = there == null ? VoiceShelf.UNCOUNTED : there.count().get();
    return known == VoiceShelf.UNCOUNTED ? OptionalInt.empty() : OptionalInt.of(known);
  }

  private VoiceShelf opened() {
    opening.lock();
    try {
      VoiceShelf there = shelf;
      if (there != null) {
        return there;
      }
      HubException last = refusal;
      if (last != null && clock.nanoTime() - refusedNanos < OPENING_PAUSE.toNanos()) {
        throw new HubException(last.error(), last);
      }
      VoiceShelf opened = openNow();
      shelf = opened;
      opened.recount();
      return opened;
    } finally {
      opening.unlock();
    }
  }

  private VoiceShelf openNow() {
    try {
      return VoiceShelf.open(database, data);
    } catch (IOException e) {
      log.error("the folder of voices cannot be opened", e);
      throw refused(
          new HubException(
              new HubError.Overloaded("the voice library cannot be opened", OPENING_PAUSE), e));
    } catch (HubException e) {
      throw refused(e);
    }
  }

  private HubException refused(HubException e) {
    refusal = e;
    refusedNanos = clock.nanoTime();
    return e;
  }

  /** Waits for the work under way, then closes what is open. */
  @Override
  public void close() throws IOException {
    tasks.close();
    opening.lock();
    try {
      VoiceShelf there = shelf;
      if (there != null) {
        there.close();
      }
    } finally {
      opening.unlock();
    }
  }
}
