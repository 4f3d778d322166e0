/**
 * Backends of the OpenAI dialect, as cheap as possible: one answers at once, one speaks. Must not
 * know the hub.
 */
@NullMarked
package dev.parley.hub.bench.fake;

import org.jspecify.annotations.NullMarked;
