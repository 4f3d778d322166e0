/** Breaks house rules on purpose. */
@NullMarked
package dev.parley.arch.violations.hub.edge.other;

import org.jspecify.annotations.NullMarked;
