/**
 * The only place that waits, retries, hedges, fails over, times out or gives up on a backend: one
 * execution carries out a call, or one unit of it, on the candidates of its plan. What is known of
 * targets from their calls lives here, too. It knows abilities, not protocols.
 */
@NullMarked
package dev.parley.hub.resilience;

import org.jspecify.annotations.NullMarked;
