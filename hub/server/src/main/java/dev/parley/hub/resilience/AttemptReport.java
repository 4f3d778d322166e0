package dev.parley.hub.resilience;

import dev.parley.core.model.Target;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt of a call went. Times are on the clock's monotonic scale.
 *
 * @param target where it went
 * @param reason why it was made
 * @param end how it ended
 * @param failure with what it failed; null unless it did
 * @param startNanos when it began to wait for its permit
 * @param sentNanos when it was handed to the adapter; 0 when it never was
 * @param outputNanos when its first output came; 0 when none did
 * @param endNanos when it ended
 */
public record AttemptReport(
    Target target,
    Reason reason,
    End end,
    @Nullable Throwable failure,
    long startNanos,
    long sentNanos,
    long outputNanos,
    long endNanos) {

  /** Why an attempt is made. */
  public enum Reason {
    /** The call's first attempt on this target. */
    FIRST,
    /** The same target once more. */
    RETRY,
    /** Beside a slow one. */
    HEDGE,
    /** To take up an answer that broke off. */
    RESUMPTION
  }

  /** How an attempt ends. */
  public enum End {
    /** With its whole answer. */
    ANSWERED,
    FAILED,
    /** The caller left, or another attempt was faster. */
    GIVEN_UP
  }
}
