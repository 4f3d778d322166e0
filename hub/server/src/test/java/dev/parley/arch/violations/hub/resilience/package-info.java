/** Breaks house rules on purpose. */
@NullMarked
package dev.parley.arch.violations.hub.resilience;

import org.jspecify.annotations.NullMarked;
