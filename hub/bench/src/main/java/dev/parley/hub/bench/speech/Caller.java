package dev.parley.hub.bench.speech;

import java.util.concurrent.CompletableFuture;

/** Somebody who has texts spoken, one at a time, over a connection of his own. Thread-safe. */
interface Caller extends AutoCloseable {

  /**
   * A call that runs. Neither future fails.
   *
   * @param first completes with the first sound, or at the end when there is none
   * @param end what became of it
   */
  record Call(CompletableFuture<Void> first, CompletableFuture<Heard> end) {

    Call() {
      this(new CompletableFuture<>(), new CompletableFuture<>());
    }

    void over(Heard heard) {
      first.complete(null);
      end.complete(heard);
    }
  }

  Call speak(String model, String text);

  /** Leaves in the middle of a call; when, in nanoseconds of the machine's monotonic clock. */
  long leave();

  @Override
  void close();
}
