/**
 * The command {@code bench}. Measures the hub from outside, as its own process; only the package
 * executor runs parts of it.
 */
@NullMarked
package dev.parley.hub.bench;

import org.jspecify.annotations.NullMarked;
