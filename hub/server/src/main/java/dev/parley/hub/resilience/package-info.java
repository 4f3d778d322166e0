/**
 * The only place that waits, times out or gives up on a backend: permits and the queue for them,
 * the time limits of each phase, and the end of an attempt. It knows abilities, not protocols.
 */
@NullMarked
package dev.parley.hub.resilience;

import org.jspecify.annotations.NullMarked;
