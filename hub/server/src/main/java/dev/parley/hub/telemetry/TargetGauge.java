package dev.parley.hub.telemetry;

import dev.parley.core.model.Target;

/**
 * How one target is at the moment of a scrape.
 *
 * @param breaker the state of its breaker, a word of a fixed set such as {@code open}
 */
public record TargetGauge(Target target, String breaker) {}
