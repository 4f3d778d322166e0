package dev.parley.hub.resilience;

import dev.parley.core.model.Target;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * One call, or one unit of it (a sentence to speak, a segment to recognise), as the executor sees
 * it: how to make it, what its events mean, and whether it may be made again. Used on the caller's
 * event loop only.
 *
 * @param <E> the events of the answer
 */
public interface Work<E> {

  /**
   * Prepares the call to a target; nothing is sent before the publisher is subscribed to. May throw
   * a {@link dev.parley.core.error.HubException}. Called once for each attempt.
   */
  Flow.Publisher<E> attempt(Target target);

  /** What an event means. Asked until the answer is committed, not after. */
  Progress progress(E event);

  /** Whether the call may be made again. */
  default Repeatable repeatable() {
    return Repeatable.FREELY;
  }

  /**
   * Prepares a call that takes up, on this target, the answer that broke off after it was
   * committed: its events follow the ones that the caller has. Empty where that is not possible.
   */
  default Optional<Flow.Publisher<E>> resume(Target target) {
    return Optional.empty();
  }
}
