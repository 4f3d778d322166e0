package dev.parley.hub.limits;

import java.util.concurrent.CompletableFuture;

/** What became of taking from a bucket. */
sealed interface Taken {

  /** It was there. */
  record Given() implements Taken {}

  /**
   * It was not there, and nothing was taken.
   *
   * @param waitNanos until it would be
   * @param left what each window has left, in tokens of the bucket; negative in debt
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Refused(long waitNanos, long[] left) implements Taken {}

  Given GIVEN = new Given();

  CompletableFuture<Taken> GIVEN_NOW = CompletableFuture.completedFuture(GIVEN);
}
