package dev.parley.hub.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells when the content of a file has changed: at once where the file system tells, else within
 * the poll interval, whatever way the file was replaced (written, renamed over, deleted and made
 * again, behind a symbolic link). A file that goes away counts as a change. Create it before
 * reading the file, so that no change in between is missed.
 *
 * <p>One virtual thread of its own calls the listener, never twice at a time.
 */
public final class ConfigWatcher implements AutoCloseable {

  /** How often the content is compared when the file system tells nothing. */
  public static final Duration POLL_DEFAULT = Duration.ofSeconds(5);

  /** Who is told. What it throws is handed to its own {@link #failed}. */
  public interface Listener {
    /** The content differs from the last time; the file may be broken or gone. */
    void changed(Path file);

    /** Watching met trouble; it goes on. */
    void failed(Path file, Exception cause);
  }

  private static final Duration SETTLE_DEFAULT = Duration.ofMillis(100);
  private static final int SETTLE_ROUNDS_MAX = 20;
  private static final Duration JOIN_MAX = Duration.ofSeconds(5);

  private final Path file;
  private final Duration poll;
  private final Duration settle;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private FileContent seen;

  public ConfigWatcher(Path file, Listener listener) {
    this(file, POLL_DEFAULT, SETTLE_DEFAULT, listener);
  }

  ConfigWatcher(Path file, Duration poll, Duration settle, Listener listener) {
    this.file = file.toAbsolutePath();
    this.poll = poll;
    this.settle = settle;
    this.listener = listener;
    this.seen = FileContent.of(this.file);
    this.thread = Thread.ofVirtual().name("config-watcher").unstarted(this::run);
  }

  /** Begins to watch; once only. */
  public void start() {
    thread.start();
  }

  private void run() {
    try (DirectoryWatch directory = DirectoryWatch.of(file, this::fail)) {
      // Looking comes first: what changed before the directory was watched gave no event.
      while (!isClosed()) {
        checkNow();
        directory.await(poll, closed);
        // A busy neighbour of the file must not make this a loop that never rests.
        pause();
      }
    } catch (InterruptedException e) {
      // Only close() interrupts, and it has nothing more to say.
    }
  }

  /** Compares the content with the last seen one and tells the listener of a change. */
  synchronized void checkNow() throws InterruptedException {
    try {
      FileContent now = FileContent.of(file);
      if (!now.equals(seen)) {
        seen = settled(now);
        listener.changed(file);
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** A writer may be half way through: waits until two looks agree, but not for ever. */
  private FileContent settled(FileContent first) throws InterruptedException {
    FileContent last = first;
    for (int round = 0; round < SETTLE_ROUNDS_MAX; round++) {
      if (pause()) {
        break;
      }
      FileContent next = FileContent.of(file);
      if (next.equals(last)) {
        break;
      }
      last = next;
    }
    return last;
  }

  /** Waits a moment; true when the watch was closed meanwhile. */
  private boolean pause() throws InterruptedException {
    return closed.await(settle.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void fail(Exception cause) {
    try {
      listener.failed(file, cause);
    } catch (RuntimeException e) {
      // A listener that fails at reporting a failure has no one left to be told; watching goes on.
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /**
   * Ends the watch and waits for a call of the listener that is under way, a few seconds at most.
   */
  @Override
  public void close() {
    closed.countDown();
    if (thread.getState() == Thread.State.NEW || Thread.currentThread().equals(thread)) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(JOIN_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
