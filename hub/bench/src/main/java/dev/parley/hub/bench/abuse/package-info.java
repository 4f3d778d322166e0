/** Measures a normal caller beside those who mean no good. */
@NullMarked
package dev.parley.hub.bench.abuse;

import org.jspecify.annotations.NullMarked;
