/**
 * The processes of a benchmark: starting them, waiting for them, what they cost, and that none is
 * left behind. Knows how the fake backend, nginx and the hub are started; must not know what is
 * measured.
 */
@NullMarked
package dev.parley.hub.bench.process;

import org.jspecify.annotations.NullMarked;
