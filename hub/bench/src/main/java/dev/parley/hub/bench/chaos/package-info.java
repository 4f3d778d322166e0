/**
 * The soak: the real hub over backends that break in every way a schedule drawn from a seed says,
 * and callers who check every word of every answer. Knows the hub by its port and its log only.
 */
@NullMarked
package dev.parley.hub.bench.chaos;

import org.jspecify.annotations.NullMarked;
