package dev.parley.hub.resilience;

import dev.parley.core.model.Target;

/** Hears of every attempt of one call, on the call's event loop. */
public interface AttemptListener {

  /** An attempt was handed to the adapter of this target. */
  void sent(Target target, long nowNanos);

  /** The answer of this target is the one that the caller gets from here on. */
  void committed(Target target, long nowNanos);

  /** An attempt is over. */
  void ended(AttemptReport report);
}
