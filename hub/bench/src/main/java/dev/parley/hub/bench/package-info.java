/**
 * The command {@code bench}. Measures the hub from outside, as its own process; must not reach into
 * it.
 */
@NullMarked
package dev.parley.hub.bench;

import org.jspecify.annotations.NullMarked;
