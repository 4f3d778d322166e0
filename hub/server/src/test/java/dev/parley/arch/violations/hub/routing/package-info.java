/** Breaks house rules on purpose. */
@NullMarked
package dev.parley.arch.violations.hub.routing;

import org.jspecify.annotations.NullMarked;
