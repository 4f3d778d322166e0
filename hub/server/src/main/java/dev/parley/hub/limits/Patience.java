package dev.parley.hub.limits;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;

/**
 * Ends waiting for answers that take too long. Rather than set a timer for each, which costs more
 * than most answers, it looks at all of them now and then. Thread-safe.
 */
final class Patience {

  private record Waiting(CompletableFuture<?> answer, long untilLook) {}

  private final int looks;
  private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private volatile long looked;

  /**
   * Waits for nothing yet.
   *
   * @param looks how many an answer may take
   */
  Patience(int looks) {
    this.looks = looks;
  }

  /** Fails this one with a TimeoutException when it is late. */
  void with(CompletableFuture<?> answer) {
    waiting.add(new Waiting(answer, looked + looks + 1));
  }

  /** Looks for who is late; one thread, again and again. */
  void look() {
    long now = looked + 1;
    looked = now;
    for (Waiting first; (first = waiting.peek()) != null && first.untilLook() <= now; ) {
      waiting.poll();
      first.answer().completeExceptionally(new TimeoutException());
    }
  }
}
