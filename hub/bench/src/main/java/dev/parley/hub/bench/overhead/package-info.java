/** Checks what the hub says that it adds against what a caller measures. */
@NullMarked
package dev.parley.hub.bench.overhead;

import org.jspecify.annotations.NullMarked;
