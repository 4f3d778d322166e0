package dev.parley.hub.resilience;

import dev.parley.core.model.Target;
import java.util.OptionalInt;

/**
 * A target that may serve a call, with the state of its backend and the limits that hold there.
 *
 * @param context tokens that fit in one call there; empty when unknown
 * @param health what is known of the target from the calls of late
 * @param backend what all its calls share
 */
public record Candidate(
    Target target,
    OptionalInt context,
    TargetState health,
    BackendState backend,
    TimeLimits limits,
    RetrySettings retry) {}
