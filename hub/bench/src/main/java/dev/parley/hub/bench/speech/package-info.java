/**
 * The benchmark {@code speech}: what the hub adds to a server that speaks, how well it keeps
 * several sentences going, and what that costs. Knows the hub from outside only.
 */
@NullMarked
package dev.parley.hub.bench.speech;

import org.jspecify.annotations.NullMarked;
